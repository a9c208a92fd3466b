-- One row per month and province: the sums of its districts, how many of them there are, and of how many nothing is known.
with standing as (
    select
        period,
        district_code[:2] as province_code,
        count(*) as districts,
        count(*) filter (state = 'not_delivered') as districts_not_delivered,
        count(*) filter (state = 'held_back') as districts_held_back,
        count(*) filter (stale_because is not null) as districts_stale
    from district_status
    group by all
),

sums as (
    select
        period,
        district_code[:2] as province_code,
        count(*) as districts_with_figures,
        sum(columns(* exclude (period, district_code, district_name, registry_coverage, worklist_answered_share)))::bigint
    from district_summary
    group by period, province_code
)

select
    period,
    province_code,
    coalesce(sums.districts_with_figures, 0) as districts_with_figures,
    greatest(coalesce(standing.districts, 0), coalesce(sums.districts_with_figures, 0)) as districts,
    coalesce(standing.districts_not_delivered, 0) as districts_not_delivered,
    coalesce(standing.districts_held_back, 0) as districts_held_back,
    coalesce(standing.districts_stale, 0) as districts_stale,
    sums.population,
    sums.registry_persons / nullif(sums.population, 0) as registry_coverage,
    sums.worklist_answered / nullif(sums.worklist_rows, 0) as worklist_answered_share,
    coalesce(columns(sums.* exclude (period, province_code, districts_with_figures, population)), 0)
from sums
full join standing using (period, province_code)
