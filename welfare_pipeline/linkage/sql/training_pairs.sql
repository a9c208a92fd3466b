-- One row per pair the model learns from: every listed row and its registry person, everybody of its card, strangers.
with registered as (
    select person.row_id, truth.person
    from person
    inner join truth on person.row_id = truth.row_id
    where person.is_reference
),

listed as (
    select person.row_id, truth.person, person.card_key
    from person
    inner join truth on person.row_id = truth.row_id
    where not person.is_reference and person.name_id is not null
),

some_listed as (
    select row_id from listed order by hash(row_id, 'left') limit $strangers
),

some_registered as (
    select row_id from registered order by hash(row_id, 'right') limit $strangers
)

select listed.row_id as left_id, registered.row_id as right_id
from listed
inner join registered on listed.person = registered.person
union
select listed.row_id as left_id, person.row_id as right_id
from listed
inner join person on listed.card_key = person.card_key
where person.is_reference
union
select some_listed.row_id as left_id, some_registered.row_id as right_id
from some_listed
cross join some_registered
