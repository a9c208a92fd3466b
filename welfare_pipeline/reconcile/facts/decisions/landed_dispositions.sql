-- One row per landed decision that confirms or rejects a finding: the person and the reason found. Where the row names no
-- reason, it is the first (by precedence) of those it answers, or the one that it answered when it first landed.
select
    decision.row_id,
    decision.source_file,
    decision.source_row,
    decision.programme,
    coalesce(named.reason, repeated.reason, answered.reason) as reason,
    decision.disposition,
    decision.decided_on,
    people.person_id,
    people.person_key,
    landed.village_code
from eligibility_decisions as decision
join person_rows as landed using (row_id)
join people using (row_id)
left join reason_rules as named on named.reason = decision.reason
left join repeated_dispositions as repeated on repeated.disposition_id = decision.row_id
left join (
    select disposition_id, arg_min(reason, precedence) as reason from primary_dispositions group by disposition_id
) as answered on answered.disposition_id = case when decision.reason is null then decision.row_id end
where decision.disposition is not null
