-- One row per recipient row whose NIK or registry number stands on another row of the same stage.
select row_id, source_file || ':' || source_row as example
from {batch}
where nik_status = 'valid'
qualify count(*) over (partition by nik, stage) > 1
union
select row_id, source_file || ':' || source_row as example
from {batch}
where registry_id is not null
qualify count(*) over (partition by registry_id, stage) > 1
