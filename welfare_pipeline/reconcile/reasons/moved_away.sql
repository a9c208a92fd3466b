-- One row per recipient row whose person has moved away, and one per source that says so.
select recipients.row_id, 'civil registry: ' || civil_people.evidence as evidence
from recipients
join civil_people using (person_id)
where civil_people.status = 'PD'
union all
select row_id, 'decision: ' || evidence
from standing_presence
where outcome = 'PD'
union all
select
    recipients.row_id,
    format(
        'registry: {} row {}, {}', registry.source_file, registry.source_row,
        coalesce(registry.status_date::varchar, 'undated')
    )
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.presence = 'PD' and not recipients.linked_active
