-- One row per person who is active in the registry.
select distinct person_id
from registry_people
where active
