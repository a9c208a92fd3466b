-- One row per active registry row: whether its decile lets some programme of this month in, if only to be verified.
-- A blank decile is taken to fit: nothing is said against it.
select
    registry_people.row_id,
    registry_people.person_id,
    registry_people.card,
    not coalesce(registry_people.unranked, false)
    and coalesce(registry_people.decile_lowest <= reach.decile_limit, true) as fits
from registry_people
cross join (select max(greatest(decile_limit, verify_limit)) as decile_limit from programme_rules) as reach
where registry_people.active
