-- Two valid numbers are equal, but the names differ and the birth date does not confirm the number, or only repeats the day in
-- it beside another card and village. It may be a relative's number or a mistyped one: people have to look.
-- Effect: clerical_review
-- Case: a stranger under Siti's number, with a weak namesake in another village, is a conflict of that number
select left_id, right_id
from weighed_pair
where conflict
