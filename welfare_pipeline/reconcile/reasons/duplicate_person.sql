-- One row per recipient row that repeats a person of the same programme and stage; the first in file order stands.
with placed as (
    select
        row_id,
        first_value(format('{} row {}', source_file, source_row)) over same_person as first_row,
        row_number() over same_person as place
    from recipients
    window same_person as (partition by programme, stage, person_id order by row_id)
)

select row_id, 'the same person as ' || first_row as evidence
from placed
where place > 1
