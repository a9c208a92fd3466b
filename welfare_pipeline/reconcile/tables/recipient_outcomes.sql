-- One row per accepted recipient row: exactly one outcome, and every reason by precedence.
with reasoned as (
    select
        recipient_reasons.row_id,
        list(recipient_reasons.reason order by reason_rules.precedence) as reasons,
        bool_or(reason_rules.certainty = 'certain') as certain
    from recipient_reasons
    join reason_rules using (reason)
    group by recipient_reasons.row_id
),

components as (
    select row_id, list_sort(list(component)) as components from pkh_components group by row_id
)

select
    recipients.programme,
    recipients.programme as source,
    recipients.source_file,
    recipients.source_row,
    recipients.person_key,
    recipients.family_key,
    recipients.village_code,
    case
        when reasoned.certain then 'off_target'
        when reasoned.row_id is not null then 'to_verify'
        when recipients.match_band = 'review' then 'unresolved'
        else 'on_target'
    end as outcome,
    reasoned.reasons[1] as primary_reason,
    coalesce(reasoned.reasons, []) as reasons,
    recipients.match_method,
    recipients.match_band,
    recipients.match_probability,
    coalesce(components.components, []) as components,
    recipients.nik,
    recipients.name,
    recipients.family_card_number,
    recipients.address
from recipients
left join reasoned using (row_id)
left join components using (row_id)
