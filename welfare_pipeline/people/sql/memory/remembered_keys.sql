-- One row per registry id and family card of this month whose person or family has another key, new to the memory.
with kept as (
    select registry_key.own_key, person_key.person_key as kept_key
    from registry_key
    inner join person_row on registry_key.row_id = person_row.row_id
    inner join person_key on person_row.person_id = person_key.person_id
    union
    select own_key, family_key from family_key
)

select own_key, kept_key
from kept
anti join known_key using (own_key, kept_key)
where own_key <> kept_key
