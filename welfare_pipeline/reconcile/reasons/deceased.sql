-- One row per recipient row whose person has died, and one per source that says so.
select recipients.row_id, 'civil registry: ' || civil_people.evidence as evidence
from recipients
join civil_people using (person_id)
where civil_people.status = 'MD'
union all
select row_id, 'decision: ' || evidence
from standing_decisions
where outcome = 'MD'
union all
select row_id, format('registry: {} row {}, {}', registry_file, registry_row, coalesce(presence_on::varchar, 'undated'))
from recipients
where presence = 'MD' and not linked_active
