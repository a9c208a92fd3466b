-- One row per row that is tied to a row of a smaller person number.
with neighbours as (
    select left_id as row_id, right_id as neighbour_id from tie
    union all
    select right_id as row_id, left_id as neighbour_id from tie
)

select neighbours.row_id, min(other.person_id) as person_id
from neighbours
inner join person_group as own on neighbours.row_id = own.row_id
inner join person_group as other on neighbours.neighbour_id = other.row_id
where other.person_id < own.person_id
group by neighbours.row_id
