-- One row per accepted file that has the very bytes of a file of another list.
with placed as (
    select
        source,
        source_file,
        first_value(source) over same_bytes as first_source,
        first_value(source_file) over same_bytes as first_file
    from {batch}
    where state = 'accepted' and rows_landed > 0 and sha256 <> ''
    window same_bytes as (partition by sha256 order by source_file, source)
)

select
    in_both(
        source_file || ' has the same content as ' || first_file, source_file || ' isinya sama dengan ' || first_file
    ) as example
from placed
where source_file <> first_file and source <> first_source
