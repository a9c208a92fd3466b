-- One row per link that people have to settle.
select link.row_id, coalesce(person_rows.source_file || ':' || person_rows.source_row, link.source) as example
from {batch} as link
left join person_rows on person_rows.row_id = link.row_id
where link.match_band = 'review'
