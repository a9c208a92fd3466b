-- One row per claim on a registry person who is claimed twice in one list, beside the strongest claim.
with claims as (
    select found_link.*, person.list
    from found_link
    inner join person using (row_id)
    where found_link.match_band = 'same' and not person.may_repeat
),

claimed as (
    select list, person_id from claims group by list, person_id having count(*) > 1
)

select
    row_id as left_id,
    first_value(row_id) over (
        partition by list, person_id
        order by match_method = 'confirmed' desc, match_method = 'nik' desc, match_probability desc, row_id
    ) as right_id
from claims
semi join claimed using (list, person_id)
qualify left_id <> right_id
