-- One row per active person of the registry: its village.
with registered as (
    select
        village_code,
        case when status_date is null or status_date <= getvariable('period_end') then status end as presence
    from registry
)

select village_code from registered where coalesce(presence not in ('MD', 'PD', 'TT'), true)
