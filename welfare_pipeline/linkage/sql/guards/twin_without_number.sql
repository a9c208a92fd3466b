-- A word of the family's name on one card and birth date, and no number. It may as well be a twin nobody has registered.
-- Effect: veto
-- Case: test_guards.py: test_of_two_alike_the_one_who_is_not_registered_stays_outside
select left_id, right_id
from weighed_pair
anti join misspelt_pair using (left_id, right_id)
where family and birth_level >= 3 and name_level = 2 and nik_level = 0
