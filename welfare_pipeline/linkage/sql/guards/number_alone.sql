-- A birth date equal to the one in an equal number says nothing new. Under another name it is another's number, unless card
-- or mother agree.
-- Effect: veto
-- Case: Handayani under the number and birth date of Nurhayati Khadijah, on another card in her village
select left_id, right_id
from weighed_pair
where nik_level = 4 and name_level = 1 and card_level < 2 and mother_level < 2
