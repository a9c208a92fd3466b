-- One row per recipient row whose number is that of a registry person of another name and birth date: until people have
-- settled whose it is, it says nothing about the recipient.
select recipients.row_id
from recipients
join people using (row_id)
join people as owner on owner.row_id = people.candidate_id
semi join (from review_pairs where doubt = 'number_conflict') as conflict
    on conflict.person_key = people.person_key and conflict.registry_person_key = owner.person_key
