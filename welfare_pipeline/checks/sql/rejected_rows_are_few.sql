-- One row per list that lost more rows than the policy tolerates.
select
    'The ' || source || ' list lost ' || grouped(rows_rejected) || ' of ' || grouped(rows_landed)
    || ' rows (' || round(100 * rows_rejected / rows_landed, 1) || ' %)' as example
from {batch}
where rows_rejected > getvariable('rejected_rows_tolerated')
    and rows_rejected > getvariable('rejected_share') * rows_landed
