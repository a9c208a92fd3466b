-- One row per published figure that differs from the count.
select
    in_both(
        label || ': published ' || grouped(published) || ', counted ' || grouped(counted)
        || ' (difference ' || grouped(abs(counted - published)) || ')',
        label_id || ': terbitan ' || with_points(published) || ', hitungan ' || with_points(counted)
        || ' (selisih ' || with_points(abs(counted - published)) || ')'
    ) as example
from {batch}
where abs(counted - published) > getvariable('control_total_tolerance') * abs(published)
