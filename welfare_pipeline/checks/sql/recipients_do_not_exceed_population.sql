-- One row per programme with more recipients than there can be.
select
    in_both(
        label || ': ' || grouped(recipients) || ' recipients, ' || grouped(at_most) || ' ' || counted_as,
        label_id || ': ' || with_points(recipients) || ' penerima, ' || with_points(at_most)
        || if(counted_as = 'families', ' keluarga', ' penduduk')
    ) as example
from {batch}
where recipients > at_most
