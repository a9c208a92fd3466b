-- One row per village with more persons in the registry than people.
select
    in_both(
        village_code || coalesce(' ' || village_name, '') || ': ' || registry_persons || ' in the registry, '
        || population || ' people',
        village_code || coalesce(' ' || village_name, '') || ': ' || registry_persons || ' dalam data terpadu, '
        || population || ' penduduk'
    ) as example
from {batch}
where registry_persons > population
