-- One row per landed row of people without exactly one link, and per link without a landed row.
with linked as (
    select row_id, count(*) as links from {batch} group by row_id
)

select
    row_id,
    in_both('row ' || row_id, 'baris ' || row_id) as example
from person_rows as people
full join linked using (row_id)
where people.row_id is null or linked.links is distinct from 1
