-- One row per claim on a registry person who is claimed twice in one list, beside the strongest claim.
with claims as (
    select
        found_link.row_id,
        found_link.person_id,
        person.list,
        person.may_repeat,
        first_value(found_link.row_id) over claimed as strongest_id,
        count(*) over (partition by person.list, found_link.person_id) as claimed_by
    from found_link
    inner join person on found_link.row_id = person.row_id
    where found_link.match_band = 'same'
    window claimed as (
        partition by person.list, found_link.person_id
        order by
            found_link.match_method = 'confirmed' desc,
            found_link.match_method = 'nik' desc,
            found_link.match_probability desc,
            found_link.row_id
    )
)

select row_id as left_id, strongest_id as right_id
from claims
where claimed_by > 1 and row_id <> strongest_id and not may_repeat
