-- Valid numbers and cards differ, and villages (or all but a word of the names) as well: a namesake born the same day.
-- One person would have moved, changed the card and been given another number. So it is where one has no number, unless
-- the mother is the same.
-- Effect: veto
-- Case: a namesake of Bonar's of the same day with number, card and village of his own
select left_id, right_id
from weighed_pair
where card_level = 1
    and (
        (nik_level in (1, 2) and (village_level in (1, 2) or name_level = 2))
        or (nik_level = 0 and village_level in (1, 2) and mother_level < 2)
    )
