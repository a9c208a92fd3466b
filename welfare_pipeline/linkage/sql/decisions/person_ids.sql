-- One row per row, with the number of its person: the smallest row of all that are tied together.
select
    person.row_id,
    coalesce(registry_person.person_id, linked.person_id, person_group.person_id, person.row_id) as person_id
from person
left join registry_person on person.row_id = registry_person.row_id
left join linked on person.row_id = linked.row_id and linked.match_band = 'same'
left join person_group on person.row_id = person_group.row_id
