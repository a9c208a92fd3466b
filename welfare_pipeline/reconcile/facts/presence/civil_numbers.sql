-- One row per NIK the civil registry answered about: the latest answer by the period's last day.
select
    nik,
    max_by(status, place) as status,
    max_by(ktp_recorded, place) as ktp_recorded
from civil_answers
where nik is not null
group by nik
