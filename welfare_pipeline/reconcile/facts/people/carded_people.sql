-- One row per person of this month's decisions and objections who stand on a usable family card in some row of the month.
with concerned as (
    select distinct people.person_id
    from person_rows
    join people using (row_id)
    where person_rows.list in ('eligibility_decisions', 'objections')
)

select distinct concerned.person_id
from concerned
join people using (person_id)
join person_rows using (row_id)
where person_rows.usable_card is not null
