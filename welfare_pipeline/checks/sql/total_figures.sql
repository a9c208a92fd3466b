-- One row per published figure and count.
select label || ' published, row ' || source_row as label, published as figure from {batch}
union all
select label || ' counted, row ' || source_row, counted from {batch} where counted is not null
