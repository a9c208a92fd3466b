-- One row per recipient row and source that says the person has died (MD) or moved away (PD).
select
    recipients.row_id,
    said.status,
    evidence_item(
        'civil_registry', 'civil_status', said.source_file, said.source_row, said.status_date, said.status, said.period
    ) as item
from recipients
join civil_presence as said using (person_id)
union all
select
    recipients.row_id,
    said.status,
    evidence_item(
        'programme_list', said.programme, said.source_file, said.source_row, said.status_date, said.status, said.period
    )
from recipients
join listed_presence as said using (person_id)
union all
select
    row_id,
    outcome,
    evidence_item('decision', 'eligibility_decisions', source_file, source_row, decided_on, outcome, period)
from standing_presence
where outcome in ('MD', 'PD')
union all
select
    recipients.row_id,
    recipients.presence,
    evidence_item(
        'registry', 'registry', said.source_file, said.source_row, said.dated, recipients.presence, said.period
    )
from recipients
join registry_absences as said using (person_id)
where
    recipients.presence in ('MD', 'PD')
    and not recipients.linked_active
    and (said.registered_id = recipients.registered_id or said.registered_id is null and not recipients.linked)
