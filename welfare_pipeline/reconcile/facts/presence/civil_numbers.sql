-- One row per NIK the civil registry answered about: the latest answer by the period's last day.
select person_rows.nik, person_rows.presence as status, civil_status.ktp_recorded
from person_rows
join civil_status using (row_id)
where person_rows.nik_status = 'valid' and person_rows.presence is not null
qualify row_number() over (partition by person_rows.nik order by person_rows.status_date desc nulls last, row_id desc) = 1
