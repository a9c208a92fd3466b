-- One row per registry row and earlier key under which its registry id is known; that (64) is stronger than all else.
select registry_key.row_id, known_id.person_key, 64 as evidence, known_id.first_period
from registry_key
inner join (
    select person_key as own_key, person_key, min(period) as first_period from known_person group by person_key
    union all
    select own_key, kept_key, min(period) from known_key group by own_key, kept_key
) as known_id on registry_key.own_key = known_id.own_key
