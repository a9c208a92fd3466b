-- One row per person of this month's decisions and objections whom some row of the month shows on a usable family card.
with told_of as (
    select distinct people.person_id
    from person_rows
    join people using (row_id)
    where person_rows.list in ('eligibility_decisions', 'objections')
)

select distinct told_of.person_id
from told_of
join people using (person_id)
join person_rows using (row_id)
where person_rows.usable_card is not null
