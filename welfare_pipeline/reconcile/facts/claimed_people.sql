-- One row per landed row in the review band: the registry person it may be.
select
    people.row_id,
    registered.person_id,
    registered.birth_date,
    registered.relationship,
    registered.card
from people
join registry_people as registered on registered.row_id = people.candidate_id
