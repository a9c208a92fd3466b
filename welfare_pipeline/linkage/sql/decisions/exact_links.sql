-- One row per listed row that people have confirmed, or whose valid NIK belongs to one registry person of an agreeing
-- name; where the birth date is the same, a misspelt or shortened name is enough (but for twins, who share it), unless card
-- and village are both another's: a mistyped number can be that of somebody born on the same day.
with owners as (
    select person.nik_key, min(person.row_id) as row_id, min(registry_person.person_id) as person_id
    from person
    inner join registry_person on person.row_id = registry_person.row_id
    where person.nik_valid
    group by person.nik_key
    having min(registry_person.person_id) = max(registry_person.person_id)
),

twins as (
    select person.card_key, person.birth_date
    from person
    inner join registry_person on person.row_id = registry_person.row_id
    where person.card_key is not null and person.birth_date is not null
    group by person.card_key, person.birth_date
    having min(registry_person.person_id) < max(registry_person.person_id)
)

select
    l.row_id,
    owners.row_id as registry_row_id,
    owners.person_id,
    'nik' as match_method,
    'same' as match_band,
    case when l.name_id is null then $exact_without_name_probability else $exact_probability end::decimal(5, 4)
        as match_probability,
    null::varchar as guard
from person as l
inner join owners on l.nik_key = owners.nik_key
inner join person as r on owners.row_id = r.row_id
left join name as l_name on l.name_id = l_name.name_id
left join name as r_name on r.name_id = r_name.name_id
left join twins on r.card_key = twins.card_key and r.birth_date = twins.birth_date
where not l.is_reference
    and l.row_id not in (select answered_pair.left_id from answered_pair)
    and l.nik_valid
    and (l.birth_date is null or r.birth_date is null or l.birth_date = r.birth_date)
    and (
        l.name_id is null
        or l.name_id = r.name_id
        or l.name_sound_key = r.name_sound_key
        or (
            l.birth_date = r.birth_date
            and (l.card_key = r.card_key or l.village = r.village or (l.card_key is null and l.village is null))
            and (
                (
                    twins.card_key is null
                    and damerau_levenshtein(l_name.compact, r_name.compact)
                    <= $same_number_slips * greatest(length(l_name.compact), length(r_name.compact))
                )
                or (
                    least(length(l_name.compact), length(r_name.compact)) >= $least_letters
                    and (
                        jaro_winkler_similarity(l_name.compact, r_name.compact) >= $same_number_similarity
                        or is_cut(l_name.compact, r_name.compact)
                    )
                )
            )
        )
    )
union all
select row_id, registry_row_id, person_id, match_method, match_band, match_probability, guard
from confirmed_link
