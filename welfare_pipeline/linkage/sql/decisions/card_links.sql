-- One row per listed row without a number of its own (none, or that of somebody on the card) that is linked by card and name:
-- other rows of them have the number of a registry person. Not where the registry, or a list under a number the registry does
-- not know, has somebody else of that name on the card, nor where birth dates differ.
with same as (
    select * from settled_link where match_band = 'same'
),

registered as (
    select person.*, registry_person.person_id
    from person
    inner join registry_person using (row_id)
),

unlinked as (
    select *, nik_valid and nik_key not in (select nik_key from registered where nik_valid) as is_numbered
    from person
    where not is_reference
        and card is not null
        and name_id is not null
        and row_id not in (select row_id from same)
        and row_id not in (select left_id from answered_pair)
),

bearers as (
    select person.card_key, person.name_id, same.registry_row_id, same.person_id, person.birth_date
    from same
    inner join person using (row_id)
    inner join registered on same.registry_row_id = registered.row_id and person.nik_key = registered.nik_key
    where person.nik_valid
    union all
    select card_key, name_id, null, person_id, birth_date from registered
    union all
    select card_key, name_id, null, row_id, birth_date from unlinked where is_numbered
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
    and not (unlinked.nik_valid and unlinked.row_id in (select row_id from settled_link where guard = 'number_conflict'))
group by unlinked.row_id
having min(bearers.person_id) = max(bearers.person_id)
    and min(bearers.registry_row_id) is not null
    and coalesce(bool_and(unlinked.birth_date = bearers.birth_date), true)
