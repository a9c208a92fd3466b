-- Birth date and name agree on one card or in one village, or one of them beside a number a slip off, and nothing contradicts
-- (a number that contradicts the birth date beside it is another's). No other registry person is nearly as likely, and no other
-- row of the list names this one.
-- Effect: accept
-- Case: a name without its last word in her village, born that day, on another card and without a number
select left_id, right_id
from weighed_pair
where odds >= $same * all_odds
    and sex_level <> 1
    and mother_level <> 1
    and not twins
    and not claimed
    and not two_birth_years
    and (
        (family and birth_level = 4 and (name_level = 3 or nik_level = 3))
        or (
            village_level = 3
            and (
                (birth_level = 4 and name_level >= 3 and (number_level = 0 or (card_level = 0 and nik_level <> 1)))
                or (birth_level = 4 and name_level >= 4 and nik_level = 3)
                or (birth_level = 2 and name_level = 5 and card_level = 0 and number_level <> 1)
            )
        )
        or (
            (card_level <> 1 or village_level <> 1)
            and ((nik_level >= 3 and birth_level >= 2 and name_level = 5) or (nik_level = 4 and birth_level = 4 and name_level >= 3))
        )
    )
