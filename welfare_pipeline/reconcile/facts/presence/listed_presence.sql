-- One row per person who has died (MD) or moved away (PD) by a programme's own list, and row that says so.
select
    person_id, list as programme, status, dated as status_date, period, source_file, source_row
from standing_statements
where list not in ('civil_status', 'registry') and status in ('MD', 'PD')
