-- One row per listed row whose valid NIK belongs to one registry person of an agreeing name and birth date.
with owners as (
    select nik, min(row_id) as row_id, min(person_id) as person_id
    from person
    inner join registry_person using (row_id)
    where nik_valid
    group by nik
    having min(person_id) = max(person_id)
)

select
    l.row_id,
    owners.row_id as registry_row_id,
    owners.person_id,
    'nik' as match_method,
    'same' as match_band,
    case when l.name_id is null then 0.999 else 0.9999 end as match_probability
from person as l
inner join owners on l.nik = owners.nik
inner join person as r on owners.row_id = r.row_id
left join name as l_name on l.name_id = l_name.name_id
left join name as r_name on r.name_id = r_name.name_id
where not l.is_reference
    and l.nik_valid
    and (l.birth_date is null or r.birth_date is null or l.birth_date = r.birth_date)
    and (
        l.name_id is null
        or l.name_id = r.name_id
        or l_name.sorted = r_name.sorted
        or l_name.sound = r_name.sound
        or (
            l.birth_date = r.birth_date
            and least(length(l_name.compact), length(r_name.compact)) >= 4
            and (
                jaro_winkler_similarity(l_name.compact, r_name.compact) >= 0.92
                or starts_with(l_name.compact, r_name.compact)
                or starts_with(r_name.compact, l_name.compact)
            )
        )
    )
