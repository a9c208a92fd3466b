-- One row per listed row that is linked by its NIK alone: another row with this NIK is linked to a registry person.
-- The registry has no valid NIK for that person; or the names are equal; or the birth dates are equal and the names similar;
-- or the listed row has no birth date and the names differ by one slip. Not if two numbers vouch for two birth dates, nor if
-- number, card and village all are another's than the registry has.
with same as (
    select * from settled_link where match_band = 'same'
),

unlinked as (
    select person.*
    from person
    anti join same using (row_id)
    anti join answered_pair on person.row_id = answered_pair.left_id
    where person.nik_valid and not person.is_reference
),

owners as (
    select owner.*, name.compact, same.person_id, same.registry_row_id
    from person as owner
    semi join unlinked using (nik_key)
    inner join same using (row_id)
    left join name using (name_id)
    where owner.nik_valid
),

found as (
    select l.row_id, owners.registry_row_id, owners.person_id
    from unlinked as l
    inner join owners using (nik_key)
    inner join person as registered on owners.registry_row_id = registered.row_id
    left join name on l.name_id = name.name_id
    where registered.nik_key is distinct from l.nik_key
        and not coalesce(registered.vouched_birth <> l.vouched_birth or registered.vouched_year <> l.vouched_year, false)
        and not coalesce(registered.nik_valid and registered.card_key <> l.card_key and registered.village <> l.village, false)
        and (
            (not coalesce(registered.nik_valid, false) and l.name_id is null)
            or (
                owners.name_id = l.name_id
                and (coalesce(owners.birth_date = l.birth_date, true) or owners.card_key = l.card_key)
            )
            or (
                least(length(owners.compact), length(name.compact)) >= $least_letters
                and (
                    (
                        owners.birth_date = l.birth_date
                        and (
                            is_cut(owners.compact, name.compact)
                            or jaro_winkler_similarity(owners.compact, name.compact) >= $same_number_similarity
                        )
                    )
                    or (l.birth_date is null and damerau_levenshtein(owners.compact, name.compact) <= 1)
                )
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
