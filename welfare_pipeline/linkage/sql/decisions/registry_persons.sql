-- One row per registry row, with the number of its person.
select person.row_id, coalesce(person_group.person_id, person.row_id) as person_id
from person
left join person_group on person.row_id = person_group.row_id
where person.is_reference
