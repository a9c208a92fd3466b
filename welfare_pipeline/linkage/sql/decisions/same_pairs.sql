-- One row per compared pair that is surely one person and that no guard takes out: not two of one family name under one
-- number whose birth dates cannot be compared.
select left_id, right_id
from weighed_pair
anti join (select left_id, right_id from guarded_pair where effect <> 'accept') as doubted using (left_id, right_id)
where not $relatives or (name_level <> 1 and not (name_level = 2 and birth_level = 0))
