-- A word of the name, the birth date and the village agree, and two valid numbers do not; no card says of which family
-- the row is. It may as well be a twin nobody has registered.
-- Effect: veto
-- Case: Vanesa, proposed without the card on which her twin is registered, each under her own number
select left_id, right_id
from weighed_pair
where not family and birth_level >= 3 and name_level = 2 and nik_level = 1
