-- One row per registry row whose placeholder stands on another row too.
select row_id, source_file || ':' || source_row as example
from {batch}
where nik_status = 'placeholder'
qualify count(*) over (partition by nik) > 1
