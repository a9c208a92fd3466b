-- One row per village that the registry ranked in this month and the nearest earlier one: people ranked, and those of them
-- within the highest limit of this month.
with before as (
    select max(period) as period from registries where period < getvariable('period')
),

ranked as (
    select
        village_code,
        period = getvariable('period') as is_now,
        count(*) as people,
        count(*) filter (decile_lowest <= getvariable('highest_limit')::bigint) as within
    from registries
    where
        says_rank
        and village_code is not null
        and getvariable('highest_limit')::bigint is not null
        and (period = getvariable('period') or period = (select period from before))
    group by village_code, is_now
)

select
    now.village_code,
    now.within / now.people as share,
    earlier.within / earlier.people as share_before
from ranked as now
join ranked as earlier using (village_code)
where now.is_now and not earlier.is_now
