-- One row per published figure that differs from the count.
select
    label || ': published ' || grouped(published) || ', counted ' || grouped(counted)
    || ' (difference ' || grouped(abs(counted - published)) || ')' as example
from {batch}
where abs(counted - published) > getvariable('control_total_tolerance') * abs(published)
