-- One row per person whose key this month would be new although the lists of the earlier month knew it.
with unknown as (
    select person_id from fresh_key where person_key not in (select earlier_person.person_key from earlier_person)
),

rows_of_unknown as (
    select
        unknown.person_id,
        landed_person.registry_id,
        case when landed_person.nik_valid then landed_person.nik end as nik,
        plain_text(landed_person.name) as name,
        landed_person.birth_date,
        coalesce(landed_person.card, landed_person.village) as home
    from unknown
    inner join person_row on unknown.person_id = person_row.person_id
    inner join landed_person on person_row.row_id = landed_person.row_id
),

recognised as (
    select own.person_id, earlier_person.person_key
    from rows_of_unknown as own
    inner join earlier_person on own.registry_id = earlier_person.registry_id
    where own.name = earlier_person.name or own.birth_date = earlier_person.birth_date
    union all
    select own.person_id, earlier_person.person_key
    from rows_of_unknown as own
    inner join earlier_person on own.nik = earlier_person.nik
    where own.name = earlier_person.name or own.birth_date = earlier_person.birth_date
        or (own.name is null and own.birth_date is null)
    union all
    select own.person_id, earlier_person.person_key
    from rows_of_unknown as own
    inner join earlier_person
        on own.name = earlier_person.name
            and own.birth_date = earlier_person.birth_date
            and own.home = earlier_person.home
),

most_often as (
    select person_id, person_key, count(*) as times
    from recognised
    where person_key not in (select fresh_key.person_key from fresh_key)
    group by person_id, person_key
),

one_a_person as (
    select person_id, person_key, times
    from most_often
    qualify row_number() over (partition by person_id order by times desc, person_key) = 1
)

select person_id, person_key
from one_a_person
qualify row_number() over (partition by person_key order by times desc, person_id) = 1
