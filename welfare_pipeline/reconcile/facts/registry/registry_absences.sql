-- One row per registry row that is dead, gone or not found, by itself or by an earlier month, and one per person of whom an
-- earlier month said so and who has no row now (`registered_id` is empty).
with by_itself as (
    select row_id as registered_id, person_id, status, dated, period, source_file, source_row
    from standing_statements
    where list = 'registry' and is_own
)

select * from by_itself
union all by name
select registered.row_id as registered_id, remembered.*
from remembered_absences as remembered
left join (
    select links.row_id, links.person_id
    from links
    anti join person_rows as gone on gone.row_id = links.row_id and gone.presence in ('MD', 'PD', 'TT')
    where links.source = 'registry'
) as registered on registered.person_id = remembered.person_id
where registered.row_id is not null or remembered.person_id not in (select person_id from links where source = 'registry')
