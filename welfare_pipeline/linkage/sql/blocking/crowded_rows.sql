-- One row per row that falls into a block too large for its people to be compared.
with crowded as (
    select block from right_key group by block having count(*) > $block_limit and max(most) = $block_limit
)

select distinct left_key.row_id
from left_key
inner join crowded on left_key.block = crowded.block
