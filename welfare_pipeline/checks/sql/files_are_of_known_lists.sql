-- One row per file of no known list; each tells what kinds of them there are.
with strangers as (
    select source_file as kind
    from {batch}
    where meant is null and (source is null or source not in (select source from list_facts))
),

kinds as (
    select string_agg(files || ' ' || kind, ', ' order by kind) as kinds
    from (select kind, count(*) as files from strangers group by kind)
)

select
    in_both(
        'Not read, as they are of no known list: ' || kinds, 'Tidak dibaca karena bukan daftar yang dikenal: ' || kinds
    ) as example
from strangers
cross join kinds
