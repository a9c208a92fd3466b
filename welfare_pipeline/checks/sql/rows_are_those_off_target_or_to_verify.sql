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
    select
        in_both(
            programme || ': ' || source_file || ':' || source_row || ' is decided but not listed',
            source_file || ':' || source_row || ' sudah dinilai tetapi tidak ada dalam daftar'
        ) as example
    from (from decided except all from listed)
)
union all
(
    select
        in_both(
            programme || ': ' || source_file || ':' || source_row || ' is listed but not decided',
            source_file || ':' || source_row || ' ada dalam daftar tetapi belum dinilai'
        )
    from (from listed except all from decided)
)
