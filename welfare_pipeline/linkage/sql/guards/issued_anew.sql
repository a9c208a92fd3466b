-- One name, one village, and one place and day of birth in two numbers: the number was issued anew. Numbers that follow
-- each other may as well belong to two namesakes.
-- Effect: accept
-- Case: test_known_misses.py: test_a_number_issued_anew_makes_one_person_twice_in_a_list
select left_id, right_id
from weighed_pair
where issued_anew and name_level = 5
