-- One row per active registry row: how it is ranked beside the highest decile that some programme of this month lets in, if
-- only to be verified. A blank decile is taken to fit: nothing is said against it.
with reach as (
    select max(greatest(decile_limit, verify_limit)) as decile_limit from programme_rules
)

select
    registry_people.row_id,
    registry_people.person_id,
    registry_people.family_key,
    registry_people.card,
    registry_people.village_code,
    registry_people.nik_status,
    registry_people.decile_lowest,
    registry_people.decile_highest,
    reach.decile_limit,
    coalesce(registry_people.unranked, false) as is_unranked,
    registry_people.decile_lowest is not null or coalesce(registry_people.unranked, false) as says_rank,
    reach.decile_limit is not null
    and (coalesce(registry_people.unranked, false) or coalesce(registry_people.decile_lowest > reach.decile_limit, false)) as is_misfit,
    not coalesce(registry_people.unranked, false)
    and coalesce(registry_people.decile_lowest <= reach.decile_limit, true) as fits
from registry_people
cross join reach
where registry_people.active
