-- One row per recipient row of a family programme whose family card has an earlier row of another member.
with placed as (
    select
        row_id,
        person_id,
        first_value(person_id) over same_family as first_person,
        first_value(format('{} row {}', source_file, source_row)) over same_family as first_row
    from recipients
    where unit = 'family' and card is not null
    window same_family as (partition by programme, stage, card order by row_id)
)

select row_id, 'another member of the family card of ' || first_row as evidence
from placed
where person_id <> first_person
