-- One row per accepted recipient row: exactly one outcome, and every reason by precedence.
with reasoned as (
    select
        recipient_reasons.row_id,
        list({'precedence': reason_rules.precedence, 'reason': recipient_reasons.reason}).list_sort() as reasons,
        bool_or(recipient_reasons.certainty = 'certain') as certain
    from recipient_reasons
    join reason_rules using (reason)
    group by recipient_reasons.row_id
)

select
    recipients.row_id,
    case
        when reasoned.certain then 'off_target'
        when reasoned.row_id is not null then 'to_verify'
        when recipients.match_band = 'review' then 'unresolved'
        else 'on_target'
    end as outcome,
    coalesce([found.reason for found in reasoned.reasons], []) as reasons
from recipients
left join reasoned using (row_id)
