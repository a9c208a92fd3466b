-- One name on one card beside two birth dates, and neither number nor mother say more. Sons are named after fathers.
-- Effect: veto
-- Case: Joko's unregistered son of his name on his card, whose number cannot be read
select left_id, right_id
from weighed_pair
where family and birth_level = 1 and nik_level < 3 and mother_level < 2
