-- Birth date and number, or card and all but a digit of the number, or card, birth date and a part of the name agree. Such a
-- row is not called unregistered, however its name is written.
-- Effect: clerical_review
-- Case: test_guards.py: test_a_short_name_misread_beside_a_slip_in_the_number_is_a_question_and_no_stranger
select left_id, right_id
from weighed_pair
where nearly_equal and probability < $review
