-- One row per recipient row and source that says the person has died (MD) or moved away (PD).
select recipients.row_id, civil_people.status, 'civil registry: ' || civil_people.evidence as evidence
from recipients
join civil_people using (person_id)
where civil_people.status in ('MD', 'PD')
union all
select recipients.row_id, listed_presence.status, 'programme list: ' || listed_presence.evidence
from recipients
join listed_presence using (person_id)
union all
select row_id, outcome, 'decision: ' || evidence
from standing_presence
where outcome in ('MD', 'PD')
union all
select
    recipients.row_id,
    recipients.presence,
    format(
        'registry: {} row {}, {}', registry.source_file, registry.source_row,
        coalesce(registry.status_date::varchar, 'undated')
    )
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.presence in ('MD', 'PD') and not recipients.linked_active
