-- One row per row, with the number of its person: the smallest row of all that are tied together.
select
    person.row_id,
    least(coalesce(linked.person_id, person_group.person_id, person.row_id), person.row_id) as person_id,
    linked.match_band is not distinct from 'same' as is_linked
from person
left join linked on person.row_id = linked.row_id and linked.match_band = 'same'
left join person_group on person.row_id = person_group.row_id
