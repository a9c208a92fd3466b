-- One row per village with more persons in the registry than people.
select
    village_code || coalesce(' ' || village_name, '') || ': ' || registry_persons || ' in the registry, '
    || population || ' people' as example
from {batch}
where registry_persons > population
