-- One row per village whose total is not the sum of its men and women.
select
    row_id,
    source_file || ':' || source_row || ' (' || village_code || ': ' || grouped(male) || ' and ' || grouped(female)
    || ', but ' || grouped(total) || ')' as example
from {batch}
where total <> male + female
