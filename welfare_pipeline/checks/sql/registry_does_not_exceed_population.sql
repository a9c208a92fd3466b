-- One row if the registry is larger than the district.
select
    'The registry lists ' || grouped(registry_persons) || ' active persons but the district has '
    || grouped(people) || ' people' as example
from {batch}
where registry_persons > people
