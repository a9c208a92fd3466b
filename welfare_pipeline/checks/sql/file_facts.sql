-- One row per landed file, with the rows that rejected_rows has of it.
with files as (
    select
        source, source_file, rows_landed, rows_accepted, rows_rejected, rows_unanswered, state, error, sha256, null as meant
    from landed_files
    union all
    select source, source_file, 0, 0, 0, null, 'rejected', error, null, meant
    from (
        select unnest(
            $rejected_files::struct(source_file varchar, source varchar, error varchar, meant varchar)[],
            recursive := true
        )
    )
    where source_file not in (select source_file from landed_files)
),

rejections as (
    select source, source_file, count(*) as rejections from rejected_rows group by source, source_file
)

select
    files.source,
    files.source_file,
    files.rows_landed,
    files.rows_accepted,
    files.rows_rejected,
    files.rows_unanswered,
    files.state,
    files.error,
    files.sha256,
    files.meant,
    coalesce(rejections.rejections, 0) as rejections
from files
left join rejections using (source, source_file)
order by files.source_file, files.source
