-- One row per published figure and count.
select
    in_both(label || ' published, row ' || source_row, label_id || ' terbitan, baris ' || source_row) as label,
    published as figure
from {batch}
union all
select in_both(label || ' counted, row ' || source_row, label_id || ' hitungan, baris ' || source_row), counted
from {batch}
where counted is not null
