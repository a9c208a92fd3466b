-- One row per list with values that became empty.
select
    source || ': ' || grouped(values_unreadable) || ' unreadable values in ' || columns_unreadable
    || ' optional column(s)' as example
from {batch}
where values_unreadable > 0
