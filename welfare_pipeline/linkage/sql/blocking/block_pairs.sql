-- One row per listed row (left) and registry row (right) that share a block no larger than the limit.
with left_blocks as (
    select block, count(*) as rows
    from left_key
    group by block
),

right_blocks as (
    select right_key.block, max(right_key.most) as most, count(*) as rows
    from right_key
    inner join left_blocks on right_key.block = left_blocks.block
    group by right_key.block
),

usable_blocks as (
    select left_blocks.block
    from left_blocks
    inner join right_blocks on left_blocks.block = right_blocks.block
    where right_blocks.rows <= right_blocks.most and left_blocks.rows * right_blocks.rows <= right_blocks.most * right_blocks.most
)

select distinct left_key.row_id as left_id, right_key.row_id as right_id
from usable_blocks
inner join left_key on usable_blocks.block = left_key.block
inner join right_key on usable_blocks.block = right_key.block
