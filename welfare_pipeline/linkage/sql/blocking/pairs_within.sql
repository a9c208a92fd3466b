-- One row per pair of rows of one list of keys that share a block no larger than the limit. Most blocks are one row's.
with shared as (
    select block
    from left_key
    group by block
    having count(*) > 1 and count(*) <= max(most)
),

sharing as (
    select row_id, block from left_key semi join shared using (block)
)

select distinct l.row_id as left_id, r.row_id as right_id
from sharing as l
inner join sharing as r on l.block = r.block and l.row_id > r.row_id
