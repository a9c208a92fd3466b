-- One row per accepted recipient row and reason, with everything it rests on.
-- What a rule does not say of a row's certainty, its reason does.
select
    reason_rows.row_id,
    reason_rows.reason,
    string_agg(reason_rows.evidence, '; ' order by reason_rows.evidence) as evidence,
    case
        when bool_or(coalesce(reason_rows.certainty, reason_rules.certainty) = 'certain') then 'certain' else 'to_verify'
    end as certainty
from reason_rows
join reason_rules using (reason)
group by reason_rows.row_id, reason_rows.reason
