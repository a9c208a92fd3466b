-- One row per person who has died (MD) or moved away (PD) by a programme's own list, and row that says so.
select
    recipients.person_id,
    landed.list as programme,
    landed.presence as status,
    landed.status_date,
    landed.source_file,
    landed.source_row
from person_rows as landed
join recipients using (row_id)
where landed.presence in ('MD', 'PD')
