-- One row per accepted recipient row and reason, with everything it rests on and how certain it is of this row.
select
    reason_rows.row_id,
    reason_rows.reason,
    case
        when bool_or(coalesce(reason_rows.certainty, reason_rules.certainty) = 'certain') then 'certain'
        else 'to_verify'
    end as certainty,
    string_agg(reason_rows.evidence, '; ' order by reason_rows.evidence) as evidence
from reason_rows
join reason_rules using (reason)
group by reason_rows.row_id, reason_rows.reason
