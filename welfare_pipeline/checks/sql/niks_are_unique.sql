-- One row per registry row whose valid NIK stands on another row too.
select row_id, source_file || ':' || source_row as example
from {batch}
where nik_status = 'valid'
qualify count(*) over (partition by nik) > 1
