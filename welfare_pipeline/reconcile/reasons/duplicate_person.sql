-- One row per recipient row that repeats a person of the same programme and stage; the first in file order stands.
with placed as (
    select
        row_id,
        first_value(row_id) over same_person as first_id
    from recipients
    window same_person as (partition by programme, stage, person_id order by row_id)
),

repeated as (
    select row_id, first_id from placed where first_id < row_id
    union all
    select row_id, earlier_id from twice_listed
    union all
    select row_id, first_id from family_repeats where same_person
)

select
    repeated.row_id,
    [evidence_item('same_person', first.programme, first.source_file, first.source_row)] as items
from (select row_id, min(first_id) as first_id from repeated group by row_id) as repeated
join recipients as first on first.row_id = repeated.first_id
