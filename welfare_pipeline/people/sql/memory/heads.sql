-- One row per person, with what tells who it is: of the first row, number and card of the others where that has none.
with others as (
    select
        person_row.person_id,
        arg_min(person.nik, person.row_id) filter (where person.nik_valid) as nik,
        arg_min(person.card, person.row_id) filter (where person.card is not null) as card
    from person_row
    inner join person on person_row.row_id = person.row_id
    where person_row.row_id <> person_row.person_id
        and person_row.person_id in (
            select known.row_id from person as known where not coalesce(known.nik_valid, false) or known.card is null
        )
    group by person_row.person_id
)

select
    person_row.person_id,
    coalesce(case when person.nik_valid then person.nik end, others.nik) as nik,
    coalesce(person.card, others.card) as card,
    person.name_id,
    person.birth_date,
    person.village
from person_row
inner join person on person_row.row_id = person.row_id
left join others on person_row.person_id = others.person_id
where person_row.row_id = person_row.person_id
