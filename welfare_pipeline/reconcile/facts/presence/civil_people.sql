-- One row per person the civil registry answered about: whether recorded for an e-KTP by the latest answer that says so.
select person_id, max_by(ktp_recorded, place) filter (ktp_recorded is not null) as ktp_recorded
from civil_answers
group by person_id
