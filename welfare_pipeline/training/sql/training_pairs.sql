-- One row per pair the model learns from: likely pairs, everybody of one card, and strangers.
with reference as (
    select row_id from person where is_reference or not $has_reference
),

listed as (
    select row_id, card_key from person where not is_reference and name_id is not null
),

some_listed as (
    select row_id from listed order by hash(row_id, 'left') limit $strangers
),

some_reference as (
    select row_id from reference order by hash(row_id, 'right') limit $strangers
)

select left_id, right_id
from likely_pair
union
select listed.row_id as left_id, person.row_id as right_id
from listed
inner join person on listed.card_key = person.card_key
where person.is_reference
union
select some_listed.row_id as left_id, some_reference.row_id as right_id
from some_listed
cross join some_reference
where some_listed.row_id <> some_reference.row_id
