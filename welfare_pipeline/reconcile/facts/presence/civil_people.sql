-- One row per person the civil registry answered about: the latest answer by the period's last day.
select
    links.person_id,
    person_rows.presence as status,
    civil_status.status_date,
    civil_status.ktp_recorded,
    civil_status.source_file,
    civil_status.source_row
from civil_status
join person_rows using (row_id)
join links using (row_id)
where person_rows.presence is not null
qualify row_number() over (
    partition by links.person_id order by civil_status.status_date desc nulls last, civil_status.row_id desc
) = 1
