-- One row per claim on a registry person who is claimed twice in one list, beside the strongest claim.
with claims as (
    select
        linked.row_id,
        linked.person_id,
        person.list,
        person.may_repeat,
        first_value(linked.row_id) over claimed as strongest_id,
        count(*) over (partition by person.list, linked.person_id) as claimed_by
    from linked
    inner join person on linked.row_id = person.row_id
    where linked.match_band = 'same'
    window claimed as (
        partition by person.list, linked.person_id
        order by
            linked.match_method = 'confirmed' desc,
            linked.match_method = 'nik' desc,
            linked.match_probability desc,
            linked.row_id
    )
)

select row_id as left_id, strongest_id as right_id
from claims
where claimed_by > 1 and row_id <> strongest_id and not may_repeat
