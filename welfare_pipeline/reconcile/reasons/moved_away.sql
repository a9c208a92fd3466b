-- One row per recipient row whose person has moved away, and one per source that says so.
select recipients.row_id, 'civil registry: ' || civil_people.evidence as evidence
from recipients
join civil_people using (person_id)
where civil_people.status = 'PD'
union all
select row_id, 'decision: ' || evidence
from standing_decisions
where outcome = 'PD'
union all
select row_id, format('registry: {} row {}, {}', registry_file, registry_row, coalesce(presence_on::varchar, 'undated'))
from recipients
where presence = 'PD' and not linked_active
