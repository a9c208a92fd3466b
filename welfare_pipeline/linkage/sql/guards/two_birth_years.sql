-- Each number vouches for the birth year beside it, and the years differ, if only by a digit. No slip of a pen makes both.
-- Effect: veto
-- Case: Dedi with the year put right in number and birth date is a question
select left_id, right_id
from weighed_pair
where two_birth_years
