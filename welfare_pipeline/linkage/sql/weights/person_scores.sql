-- One row per compared row and registry person, by the registry row that speaks most for it. Out are whom people have
-- denied, and a twin beside whom the list itself names the registry person.
with denied as (
    select answered_pair.left_id, registry_person.person_id
    from answered_pair
    inner join registry_person on answered_pair.right_id = registry_person.row_id
    where answered_pair.answer = 'DIFFERENT'
    union
    select pair_score.left_id, exact_link.person_id
    from pair_score
    inner join person as twin on pair_score.left_id = twin.row_id
    inner join registry_person on pair_score.right_id = registry_person.row_id
    inner join exact_link using (person_id)
    inner join person as named on exact_link.row_id = named.row_id and twin.list = named.list
    where pair_score.twins
)

select pair_score.*, registry_person.person_id
from pair_score
inner join registry_person on pair_score.right_id = registry_person.row_id
anti join denied using (left_id, person_id)
qualify row_number() over (partition by left_id, person_id order by bits desc, right_id) = 1
