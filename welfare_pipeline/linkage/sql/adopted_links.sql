-- One row per unlinked row whose NIK is known from a linked row although the registry has no valid one (or from a
-- linked row of the same name).
with owners as (
    select
        person.nik_key,
        linked.person_id,
        linked.registry_row_id,
        person.name_id,
        not coalesce(registered.nik_valid, false) as registry_has_none
    from linked
    inner join person on linked.row_id = person.row_id
    inner join person as registered on linked.registry_row_id = registered.row_id
    where linked.match_band = 'same' and person.nik_valid and registered.nik_key is distinct from person.nik_key
),

found as (
    select person.row_id, owners.registry_row_id, owners.person_id
    from person
    inner join owners on person.nik_key = owners.nik_key
    left join linked on person.row_id = linked.row_id and linked.match_band = 'same'
    where person.nik_valid
        and not person.is_reference
        and linked.row_id is null
        and person.row_id not in (select answered_pair.left_id from answered_pair)
        and ((owners.registry_has_none and person.name_id is null) or owners.name_id = person.name_id)
)

select
    row_id,
    min(registry_row_id) as registry_row_id,
    min(person_id) as person_id,
    'nik' as match_method,
    'same' as match_band,
    0.999 as match_probability
from found
group by row_id
having min(person_id) = max(person_id)
