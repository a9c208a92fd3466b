-- One row per village of the population list: people counted, registered, recorded for e-KTP, and its meeting.
with villages as (
    select
        village_code,
        arg_min(village_name, row_id) as village_name,
        sum(total) as population,
        sum(ktp_eligible) as ktp_eligible,
        sum(ktp_recorded) as ktp_recorded
    from population
    group by village_code
),

registered as (
    select village_code, count(*) as registry_persons from active_registry group by village_code
),

meetings as (
    select distinct village_code from village_meetings where held_on <= getvariable('period_end')
)

select
    villages.village_code,
    villages.village_name,
    villages.population::bigint as population,
    villages.ktp_eligible::bigint as ktp_eligible,
    villages.ktp_recorded::bigint as ktp_recorded,
    coalesce(registered.registry_persons, 0) as registry_persons,
    meetings.village_code is not null as meeting_held
from villages
left join registered using (village_code)
left join meetings using (village_code)
order by villages.village_code
