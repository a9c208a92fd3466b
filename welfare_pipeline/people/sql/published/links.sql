-- One row per landed row that names a person: who it is in the registry, and how far that may be trusted.
with listed as (
    select row_id, registry_row_id, match_method, match_band, match_probability, guard from linked
    union all
    select row_id, null, 'none', 'review', 0, 'name_only' from bare_row
    where $asks_about_names and row_id not in (select row_id from linked)
)

select
    person.row_id,
    person.list as source,
    person_row.person_id,
    case when person.is_reference then person.row_id else listed.registry_row_id end as registry_row_id,
    case when person.is_reference then 'nik' else coalesce(listed.match_method, 'none') end as match_method,
    case when person.is_reference then 'same' else coalesce(listed.match_band, 'different') end as match_band,
    case when person.is_reference then 1 else coalesce(listed.match_probability, 0) end as match_probability,
    case when not person.is_reference then listed.guard end as guard,
    person_key.person_key,
    person_key.family_key
from person
inner join person_row on person.row_id = person_row.row_id
inner join person_key on person_row.person_id = person_key.person_id
left join listed on person.row_id = listed.row_id
