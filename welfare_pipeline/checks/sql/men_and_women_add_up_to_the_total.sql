-- One row per village whose total is not the sum of its men and women.
select
    row_id,
    in_both(
        source_file || ':' || source_row || ' (' || village_code || ': ' || grouped(male) || ' and ' || grouped(female)
        || ', but ' || grouped(total) || ')',
        source_file || ':' || source_row || ' (' || village_code || ': ' || with_points(male) || ' dan '
        || with_points(female) || ', tetapi ' || with_points(total) || ')'
    ) as example
from {batch}
where total <> male + female
