-- One row per NIK the civil registry answered about: the latest answer by the period's last day.
select nik, status, ktp_recorded
from civil_status
where nik_status = 'valid' and (status_date is null or status_date <= $period_end)
qualify row_number() over (partition by nik order by status_date desc nulls last, row_id desc) = 1
