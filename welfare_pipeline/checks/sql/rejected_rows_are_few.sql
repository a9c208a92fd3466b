-- One row per list that lost more rows than the policy tolerates; answers in worklists are no list's rows.
select
    in_both(
        'The ' || source || ' list lost ' || grouped(rows_listed_rejected) || ' of ' || grouped(rows_listed)
        || ' rows (' || round(100 * rows_listed_rejected / rows_listed, 1) || ' %)',
        'Daftar ' || label_id || ' kehilangan ' || with_points(rows_listed_rejected) || ' dari '
        || with_points(rows_listed) || ' baris ('
        || replace(round(100 * rows_listed_rejected / rows_listed, 1)::varchar, '.', ',') || '%)'
    ) as example
from {batch}
where rows_listed_rejected > getvariable('rejected_rows_tolerated')
    and rows_listed_rejected > getvariable('rejected_share') * rows_listed
