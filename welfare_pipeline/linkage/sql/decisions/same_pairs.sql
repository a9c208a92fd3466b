-- One row per compared pair that is surely one person and that no guard takes out: not two of one family name under one
-- number whose birth dates cannot be compared. One household's list has twins far more often than one child twice: two rows of
-- the registry are two people on one card under two names, with numbers that follow each other, and on two cards in two
-- villages unless the number is one.
select weighed_pair.left_id, weighed_pair.right_id
from weighed_pair
inner join person on weighed_pair.left_id = person.row_id
anti join (select left_id, right_id from guarded_pair where effect <> 'accept') as doubted using (left_id, right_id)
where
    not $relatives
    or (
        name_level <> 1
        and not (name_level = 2 and birth_level = 0)
        and not (
            person.is_reference
            and (successive_numbers or (family and name_level < 5) or (card_level = 1 and village_level in (1, 2) and nik_level < 3))
        )
    )
