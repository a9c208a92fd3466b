-- One row per person who has died (MD) or moved away (PD) by a programme's own list, and row that says so.
select
    recipients.person_id,
    landed.presence as status,
    format(
        '{} row {}, {}', landed.source_file, landed.source_row,
        coalesce(landed.status_date::varchar, 'undated')
    ) as evidence
from person_rows as landed
join recipients using (row_id)
where landed.presence in ('MD', 'PD')
