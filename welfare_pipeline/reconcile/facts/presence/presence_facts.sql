-- One row per recipient row and source that says the person has died (MD) or moved away (PD).
select
    recipients.row_id,
    said.status,
    evidence_item('civil_registry', 'civil_status', said.source_file, said.source_row, said.status_date, said.status) as item
from recipients
join civil_people as said using (person_id)
where said.status in ('MD', 'PD')
union all
select
    recipients.row_id,
    said.status,
    evidence_item('programme_list', said.programme, said.source_file, said.source_row, said.status_date, said.status)
from recipients
join listed_presence as said using (person_id)
union all
select
    row_id, outcome, evidence_item('decision', 'eligibility_decisions', source_file, source_row, decided_on, outcome)
from standing_presence
where outcome in ('MD', 'PD')
union all
select
    recipients.row_id,
    recipients.presence,
    evidence_item(
        'registry', 'registry', registry.source_file, registry.source_row, registry.status_date, recipients.presence
    )
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.presence in ('MD', 'PD') and not recipients.linked_active
