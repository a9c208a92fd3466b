-- One row per row that people have confirmed to be a registry person.
select
    answered_pair.left_id as row_id,
    answered_pair.right_id as registry_row_id,
    registry_person.person_id,
    'confirmed' as match_method,
    'same' as match_band,
    1.0 as match_probability,
    null as guard
from answered_pair
inner join registry_person on answered_pair.right_id = registry_person.row_id
where answered_pair.answer = 'SAME'
qualify row_number() over (partition by answered_pair.left_id order by answered_pair.right_id) = 1
