-- One row per recipient row that repeats a person of the same programme and stage; the first in file order stands.
with placed as (
    select
        row_id,
        first_value(row_id) over same_person as first_id
    from recipients
    window same_person as (partition by programme, stage, person_id order by row_id)
),

repeated as (
    select placed.row_id, recipients.source_file as first_file, recipients.source_row as first_row
    from placed
    join recipients on recipients.row_id = placed.first_id
    where placed.first_id < placed.row_id
)

select row_id, format('the same person as {} row {}', first_file, first_row) as evidence
from repeated
union
select family_repeats.row_id, format('the same person as {} row {}', family_repeats.first_file, family_repeats.first_row)
from family_repeats
anti join repeated using (row_id)
where family_repeats.same_person
