-- One row per compared pair that is surely one person and that no guard takes out: not two of one family name under one
-- number whose birth dates cannot be compared, nor two rows of the registry on one card under two names, or one name with
-- numbers that follow each other: one household's list has twins far more often than one child twice.
select weighed_pair.left_id, weighed_pair.right_id
from weighed_pair
inner join person on weighed_pair.left_id = person.row_id
anti join (select left_id, right_id from guarded_pair where effect <> 'accept') as doubted using (left_id, right_id)
where
    not $relatives
    or (
        name_level <> 1
        and not (name_level = 2 and birth_level = 0)
        and not (person.is_reference and family and (name_level < 5 or successive_numbers))
    )
