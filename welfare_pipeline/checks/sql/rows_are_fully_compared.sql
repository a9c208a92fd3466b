-- One row per list with rows that were not compared with everybody, as too many people share what they have.
select
    in_both(
        quality.source || ': ' || grouped(rows_not_fully_compared) || ' of ' || grouped(rows) || ' rows',
        list.label_id || ': ' || with_points(rows_not_fully_compared) || ' dari ' || with_points(rows) || ' baris'
    ) as example
from {batch} as quality
left join list_facts as list on quality.source = list.source
where rows_not_fully_compared > 0
