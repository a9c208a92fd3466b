-- One row per listed row without a link, with the registry person of a linked row that has the same NIK.
-- The registry has no valid NIK for that person; or the names are equal; or the birth dates are equal and the names similar;
-- or the listed row has no birth date and the names differ by one slip. Not if two numbers vouch for two birth dates.
with owners as (
    select
        person.nik_key,
        settled_link.person_id,
        settled_link.registry_row_id,
        person.name_id,
        person.birth_date,
        person.card_key,
        name.compact,
        registered.vouched_birth,
        registered.vouched_year,
        not coalesce(registered.nik_valid, false) as registry_has_none
    from settled_link
    inner join person on settled_link.row_id = person.row_id
    inner join person as registered on settled_link.registry_row_id = registered.row_id
    left join name on person.name_id = name.name_id
    where settled_link.match_band = 'same' and person.nik_valid and registered.nik_key is distinct from person.nik_key
),

found as (
    select person.row_id, owners.registry_row_id, owners.person_id
    from person
    inner join owners on person.nik_key = owners.nik_key
    left join name on person.name_id = name.name_id
    left join settled_link on person.row_id = settled_link.row_id and settled_link.match_band = 'same'
    where person.nik_valid
        and not person.is_reference
        and settled_link.row_id is null
        and person.row_id not in (select answered_pair.left_id from answered_pair)
        and not coalesce(
            owners.vouched_birth <> person.vouched_birth or owners.vouched_year <> person.vouched_year, false
        )
        and (
            (owners.registry_has_none and person.name_id is null)
            or (
                owners.name_id = person.name_id
                and (coalesce(owners.birth_date = person.birth_date, true) or owners.card_key = person.card_key)
            )
            or (
                owners.birth_date = person.birth_date
                and least(length(owners.compact), length(name.compact)) >= $least_letters
                and (
                    is_cut(owners.compact, name.compact)
                    or jaro_winkler_similarity(owners.compact, name.compact) >= $same_number_similarity
                )
            )
            or (
                person.birth_date is null
                and least(length(owners.compact), length(name.compact)) >= $least_letters
                and damerau_levenshtein(owners.compact, name.compact) <= 1
            )
        )
)

select
    row_id,
    min(registry_row_id) as registry_row_id,
    min(person_id) as person_id,
    'nik' as match_method,
    'same' as match_band,
    $known_number_probability::decimal(5, 4) as match_probability,
    null as guard
from found
group by row_id
having min(person_id) = max(person_id)
