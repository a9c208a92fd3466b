-- One row per family card that this month's registry ranks, and the nearest earlier one of another quarter: whether the
-- deciles differ.
with newest as (
    select max(snapshot) as snapshot from registries where period = getvariable('period')
),

before as (
    select max(registries.period) as period
    from registries, newest
    where registries.period < getvariable('period') and registries.snapshot <> newest.snapshot
),

families as (
    select
        registries.period,
        registries.card,
        min(registries.decile_lowest) as decile_lowest,
        max(registries.decile_highest) as decile_highest,
        min(registries.source_file || ':' || registries.source_row) as place
    from registries
    where
        registries.card is not null
        and registries.says_rank
        and (registries.period = getvariable('period') or registries.period = (select period from before))
    group by registries.period, registries.card
)

select
    now.place,
    (now.decile_lowest, now.decile_highest) is distinct from (earlier.decile_lowest, earlier.decile_highest) as differs
from families as now
join families as earlier on earlier.card = now.card
where now.period = getvariable('period') and earlier.period < now.period
