-- One row per landed row that names a person: who it is in the registry, and how far that may be trusted.
with decided as (
    select
        row_id,
        row_id as registry_row_id,
        'nik' as match_method,
        'same' as match_band,
        1 as match_probability,
        null as guard
    from person
    where is_reference
    union all
    select row_id, registry_row_id, match_method, match_band, match_probability, guard from linked
    union all
    select row_id, null, 'none', 'review', 0, 'name_only' from bare_row
    where $asks_about_names
        and row_id not in (select row_id from linked)
        and row_id not in (select row_id from person where is_reference)
)

select
    person.row_id,
    person.list as source,
    person_row.person_id,
    decided.registry_row_id,
    coalesce(decided.match_method, 'none') as match_method,
    coalesce(decided.match_band, 'different') as match_band,
    coalesce(decided.match_probability, 0) as match_probability,
    decided.guard,
    person_key.person_key,
    person_key.family_key
from person
inner join person_row on person.row_id = person_row.row_id
inner join person_key on person_row.person_id = person_key.person_id
left join decided on person.row_id = decided.row_id
