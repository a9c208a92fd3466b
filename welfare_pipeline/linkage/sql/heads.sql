-- One row per person, with what tells who it is: of the first row, number and card of the others where that has none.
with heads as (
    select
        person.row_id as person_id,
        case when person.nik_valid then person.nik end as nik,
        person.card,
        person.name_id,
        person.birth_date,
        person.village
    from person_row
    inner join person on person_row.row_id = person.row_id
    where person_row.row_id = person_row.person_id
),

others as (
    select
        person_row.person_id,
        arg_min(person.nik, person.row_id) filter (where person.nik_valid) as nik,
        arg_min(person.card, person.row_id) filter (where person.card is not null) as card
    from person_row
    inner join person on person_row.row_id = person.row_id
    where person_row.row_id <> person_row.person_id
        and person_row.person_id in (select heads.person_id from heads where heads.nik is null or heads.card is null)
    group by person_row.person_id
)

select
    heads.person_id,
    coalesce(heads.nik, others.nik) as nik,
    coalesce(heads.card, others.card) as card,
    heads.name_id,
    heads.birth_date,
    heads.village
from heads
left join others on heads.person_id = others.person_id
