-- One row per link that people have to settle.
with people as (
    select row_id, source_file, source_row from query_table(getvariable('people_tables'), true)
)

select link.row_id, coalesce(people.source_file || ':' || people.source_row, link.source) as example
from {batch} as link
left join people on people.row_id = link.row_id
where link.match_band = 'review'
