-- One row per landed row of people without exactly one link, and per link without a landed row.
with people as (
    select row_id from query_table(getvariable('people_tables'), true)
),

linked as (
    select row_id, count(*) as links from {batch} group by row_id
)

select
    coalesce(people.row_id, linked.row_id) as row_id,
    'row ' || coalesce(people.row_id, linked.row_id) as example
from people
full join linked using (row_id)
where people.row_id is null or linked.links is distinct from 1
