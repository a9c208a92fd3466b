-- One row per way in which NIK and birth date of two people drawn at random compare, with its share of such pairs.
select
    number_birth_code as code,
    count(*) / sum(count(*)) over (partition by is_near) as share
from training.pair_level
where not family and number_level > 0 and birth_level > 0
    and left_id in (select left_id from training.pair_level group by left_id having count(*) > $most_strangers)
group by is_near, number_birth_code
