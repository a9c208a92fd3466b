-- One row per recipient row in the review band: the registry person it may be. Who has no more than the number of one is
-- somebody else.
select
    recipients.row_id,
    registered.person_id,
    case when registered.birth_date_is_believed then registered.birth_date end as birth_date,
    registered.relationship,
    registered.card
from recipients
join people using (row_id)
join registry_people as registered on registered.row_id = people.candidate_id
anti join disputed_numbers on disputed_numbers.row_id = recipients.row_id
