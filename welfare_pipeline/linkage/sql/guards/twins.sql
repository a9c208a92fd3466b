-- Two numbers of one day that follow each other, on one card, under names that are not the same: twins are recorded one
-- after the other. It may also be one person with two slips.
-- Effect: veto
-- Case: Rini, a twin two numbers on, is a question
select left_id, right_id
from weighed_pair
anti join misspelt_pair using (left_id, right_id)
where twins
