-- One row per landed row that names a person: who it is in the registry, and how far that may be trusted.
select
    person.row_id,
    person.list as source,
    person_row.person_id,
    case
        when person.is_reference then person.row_id
        when linked.match_band in ('same', 'review') then linked.registry_row_id
    end as registry_row_id,
    case
        when person.is_reference then 'nik'
        when linked.match_band in ('same', 'review') then linked.match_method
        else 'none'
    end as match_method,
    case
        when person.is_reference then 'same'
        when linked.match_band in ('same', 'review') then linked.match_band
        when name_only.row_id is not null then 'review'
        else 'different'
    end as match_band,
    case
        when person.is_reference then 1
        else coalesce(linked.match_probability, 0)
    end as match_probability,
    case
        when person.is_reference then null
        when linked.match_band in ('same', 'review') then linked.guard
        when name_only.row_id is not null then 'name_only'
    end as guard,
    person_key.person_key,
    person_key.family_key
from person
inner join person_row on person.row_id = person_row.row_id
inner join person_key on person_row.person_id = person_key.person_id
left join linked on person.row_id = linked.row_id
left join bare_row as name_only on person.row_id = name_only.row_id and $asks_about_names
