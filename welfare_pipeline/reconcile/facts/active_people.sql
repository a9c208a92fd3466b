-- One row per person who is active in the registry.
select
    person_id,
    arg_min(person_key, row_id) as person_key,
    arg_min(village_code, row_id) as village_code
from registry_people
where active
group by person_id
