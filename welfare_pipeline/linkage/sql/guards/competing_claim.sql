-- Two rows of one list claim one registry person and contradict each other: the weaker claim is left for people. It is not
-- where the row has a number of the registry person that was issued anew.
-- Effect: veto
-- Case: test_guards.py: test_of_two_people_who_claim_one_registry_row_the_weaker_is_left_for_people
select distinct claim.left_id as row_id
from claim
inner join found_link as claiming on claim.left_id = claiming.row_id
left join pair_score using (left_id, right_id)
left join person_score as own on claiming.row_id = own.left_id and claiming.person_id = own.person_id
where not coalesce(own.issued_anew, false)
    and (
        coalesce(pair_score.bits < 0, true)
        or pair_score.conflict
        or (pair_score.nik_level = 1 and pair_score.birth_level = 1)
    )
