-- Name and village agree and nothing else does; numbers are missing or contradict. In large villages names repeat.
-- Effect: veto
-- Case: a rare name in her village, and nothing else known
select left_id, right_id
from weighed_pair
where not family and nik_level < 2 and birth_level < 2 and card_level < 2 and mother_level < 2
