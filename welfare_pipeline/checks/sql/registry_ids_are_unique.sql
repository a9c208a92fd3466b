-- One row per registry row whose registry number stands on another row too.
select row_id, source_file || ':' || source_row as example
from {batch}
where registry_id is not null
qualify count(*) over (partition by registry_id) > 1
