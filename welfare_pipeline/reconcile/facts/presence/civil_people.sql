-- One row per person the civil registry answered about: whether recorded for an e-KTP by the latest answer that says so, and
-- the latest answer about a number that is purged.
select
    person_id,
    max_by(ktp_recorded, place) filter (ktp_recorded is not null) as ktp_recorded,
    max_by(status, place) filter (is_nameless) as status_of_nameless
from civil_answers
group by person_id
