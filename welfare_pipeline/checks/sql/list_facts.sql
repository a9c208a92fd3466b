-- One row per list that may be landed: its files, its rows, and the rows of its table.
with declared as (
    select unnest(
        $lists::struct(
            position bigint, number bigint, source varchar, label varchar, label_id varchar, required boolean, programme boolean, unit varchar
        )[],
        recursive := true
    )
),

files as (
    select
        source,
        count(*) as files,
        count(*) filter (state = 'rejected') as files_rejected,
        count(*) filter (state = 'accepted' and rows_landed = 0 and rows_unanswered is null) as files_empty,
        sum(rows_landed) as rows_landed,
        sum(rows_accepted) as rows_accepted,
        sum(rows_rejected) as rows_rejected,
        -- an answer that cannot be used is a finding; it says nothing against the list (nor does a case that was not visited)
        sum(rows_landed) filter (rows_unanswered is null and source <> 'audit_answers') as rows_listed,
        sum(rows_rejected) filter (rows_unanswered is null and source <> 'audit_answers') as rows_listed_rejected,
        string_agg(source_file || ' (' || error || ')', ', ' order by source_file) filter (state = 'rejected') as errors,
        string_agg(source_file, ', ' order by source_file) filter (state = 'rejected') as files_named
    from file_facts
    group by source
),

landed as (
    select row_id // getvariable('rows_per_source') as number, count(*) as rows_in_table
    from query_table(getvariable('landed_tables'), true)
    group by number
),

unreadable as (
    select source, count(*) as values_unreadable, count(distinct column_name) as columns_unreadable
    from delivery_findings
    where finding = 'UNREADABLE_VALUE'
    group by source
)

select
    declared.position,
    declared.source,
    declared.label,
    declared.label_id,
    declared.required,
    declared.programme,
    declared.unit,
    coalesce(files.files, 0) as files,
    coalesce(files.files_rejected, 0) as files_rejected,
    coalesce(files.files_empty, 0) as files_empty,
    coalesce(files.rows_landed, 0)::bigint as rows_landed,
    coalesce(files.rows_accepted, 0)::bigint as rows_accepted,
    coalesce(files.rows_rejected, 0)::bigint as rows_rejected,
    coalesce(files.rows_listed, 0)::bigint as rows_listed,
    coalesce(files.rows_listed_rejected, 0)::bigint as rows_listed_rejected,
    coalesce(landed.rows_in_table, 0) as rows_in_table,
    coalesce(unreadable.values_unreadable, 0)::bigint as values_unreadable,
    coalesce(unreadable.columns_unreadable, 0) as columns_unreadable,
    files.errors,
    files.files_named
from declared
left join files using (source)
left join landed using (number)
left join unreadable using (source)
order by declared.position
