-- One row per answer that this month's delivery brought, about which two persons.
select row_id, source_file, source_row, pair_id, person_key, registry_person_key, answer, decided_on, decided_by_role
from known_answer
where period = $period
