-- One row per list that lost more rows than the policy tolerates; answers in worklists are no list's rows.
select
    'The ' || source || ' list lost ' || grouped(rows_listed_rejected) || ' of ' || grouped(rows_listed)
    || ' rows (' || round(100 * rows_listed_rejected / rows_listed, 1) || ' %)' as example
from {batch}
where rows_listed_rejected > getvariable('rejected_rows_tolerated')
    and rows_listed_rejected > getvariable('rejected_share') * rows_listed
