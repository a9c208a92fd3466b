-- One row per list with values that became empty.
select
    in_both(
        source || ': ' || grouped(values_unreadable) || ' unreadable values in ' || columns_unreadable
        || ' optional column(s)',
        label_id || ': ' || with_points(values_unreadable) || ' isian tidak terbaca dalam ' || columns_unreadable || ' kolom'
    ) as example
from {batch}
where values_unreadable > 0
