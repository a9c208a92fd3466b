-- One row per row that is tied to another, with the smallest row of all that are tied together.
with recursive neighbour as (
    select left_id as row_id, right_id as neighbour_id from tie
    union all
    select right_id, left_id from tie
),

person_group(row_id, person_id) using key (row_id) as (
    select distinct row_id, row_id as person_id from neighbour
    union
    select neighbour.row_id, min(found.person_id) as person_id
    from person_group as found
    inner join neighbour on found.row_id = neighbour.neighbour_id
    inner join recurring.person_group as own on neighbour.row_id = own.row_id
    where found.person_id < own.person_id
    group by neighbour.row_id
)

select row_id, person_id from person_group
