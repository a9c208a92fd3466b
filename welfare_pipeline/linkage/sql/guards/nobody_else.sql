-- On one card and birth date a name that lacks a word is the same name, as twins each have a word of their own. No other
-- registry person may be nearly as likely.
-- Effect: accept
-- Case: test_guards.py: test_a_name_that_lacks_a_word_is_no_other_person_on_the_same_card_and_day
select left_id, right_id
from weighed_pair
where family
    and birth_level = 4
    and name_level = 3
    and sex_level <> 1
    and mother_level <> 1
    and not twins
    and odds >= $same * all_odds
