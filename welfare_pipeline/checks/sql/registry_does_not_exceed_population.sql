-- One row if the registry is larger than the district.
select
    in_both(
        'The registry lists ' || grouped(registry_persons) || ' active persons but the district has '
        || grouped(people) || ' people',
        'Data terpadu memuat ' || with_points(registry_persons) || ' orang aktif, sedangkan penduduknya '
        || with_points(people)
    ) as example
from {batch}
where registry_persons > people
