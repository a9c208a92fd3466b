-- Name and village agree and nothing else does; numbers are missing, contradict, or are two that were given out one after the
-- other. In large villages names repeat, and two who are registered together may bear one name.
-- Effect: veto
-- Case: a rare name in her village, and nothing else known
select left_id, right_id
from weighed_pair
where not family
    and (nik_level < 2 or successive_numbers)
    and birth_level < 2
    and card_level < 2
    and mother_level < 2
