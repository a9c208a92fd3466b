-- One row per listed row that is linked by card and name, because other rows with both have a registry person's number. It has
-- no number, or somebody else's in the registry. No link is made where
-- - the registry, or a list under a number that the registry does not know, has another person of that name on the card;
-- - birth dates differ;
-- - the row's number is in conflict.
with unlinked as (
    select person.*, nik_valid and nik_key not in (select nik_key from person where is_reference and nik_valid) as is_numbered
    from person
    left join settled_link using (row_id)
    anti join answered_pair on person.row_id = answered_pair.left_id
    where not person.is_reference
        and (settled_link.match_band is null or (settled_link.match_band <> 'same' and guard is distinct from 'number_conflict'))
),

bearers as (
    select person.card_key, person.name_id, person.birth_date, link.person_id, link.registry_row_id
    from settled_link as link
    inner join person using (row_id)
    inner join person as registered on link.registry_row_id = registered.row_id and person.nik_key = registered.nik_key
    where link.match_band = 'same' and person.nik_valid
    union all
    select card_key, name_id, birth_date, person_id, null
    from person
    inner join registry_person using (row_id)
    union all
    select card_key, name_id, birth_date, row_id, null from unlinked where is_numbered
)

select
    unlinked.row_id,
    min(bearers.registry_row_id) as registry_row_id,
    min(bearers.person_id) as person_id,
    'family_card' as match_method,
    'same' as match_band,
    $known_number_probability::decimal(5, 4) as match_probability,
    null as guard
from unlinked
inner join bearers using (card_key, name_id)
where not unlinked.is_numbered
group by unlinked.row_id
having min(bearers.person_id) = max(bearers.person_id)
    and count(bearers.registry_row_id) > 0
    and coalesce(bool_and(unlinked.birth_date = bearers.birth_date), true)
