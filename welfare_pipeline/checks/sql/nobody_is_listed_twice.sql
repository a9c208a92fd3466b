-- One row per recipient row whose NIK or registry number stands on another row of the same stage.
with listed as (
    select source_file, source_row, case when nik_status = 'valid' then nik end as nik, registry_id, stage
    from {batch}
),

niks as (
    select nik, stage from listed where nik is not null group by nik, stage having count(*) > 1
),

ids as (
    select registry_id, stage from listed where registry_id is not null group by registry_id, stage having count(*) > 1
)

select listed.source_file || ':' || listed.source_row as example
from listed
where exists (select 1 from niks where niks.nik = listed.nik and niks.stage is not distinct from listed.stage)
    or exists (
        select 1
        from ids
        where ids.registry_id = listed.registry_id and ids.stage is not distinct from listed.stage
    )
