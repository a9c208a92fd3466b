-- One row per person who has died (MD) or moved away (PD) by a programme's own list, and row that says so.
select
    recipients.person_id,
    landed.programme,
    landed.status,
    landed.status_date,
    landed.source_file,
    landed.source_row
from recipient_rows as landed
join recipients using (row_id)
where landed.status in ('MD', 'PD') and (landed.status_date is null or landed.status_date <= $period_end)
