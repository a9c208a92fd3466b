-- One row per recipient row that is in one of the two tables only.
with decided as (
    select programme, source_file, source_row
    from {batch}
    where outcome in ('off_target', 'to_verify')
),

listed as (
    select programme, source_file, source_row from off_target_recipients
)

(
    select programme || ': ' || source_file || ':' || source_row || ' is decided but not listed' as example
    from (from decided except all from listed)
)
union all
(
    select programme || ': ' || source_file || ':' || source_row || ' is listed but not decided'
    from (from listed except all from decided)
)
