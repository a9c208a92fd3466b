-- Whose health premium is paid though nobody finds them in the registry? One row per sub-district: rows of the PBI list.
-- `unsettled` are rows whose identity people have to settle first; they may be in the registry.
select
    outcomes.period,
    districts.district_name,
    villages.subdistrict_name,
    count(*) as pbi_rows,
    count(*) filter (where list_contains(outcomes.reasons, 'PBI_OUTSIDE_REGISTRY')) as outside_the_registry,
    count(*) filter (where outcomes.outcome = 'unresolved') as unsettled,
    outside_the_registry / pbi_rows as outside_share
from recipient_outcomes as outcomes
left join districts on outcomes.district_code = districts.district_code
left join villages on outcomes.village_code = villages.village_code
where outcomes.period = (select max(period) from district_summary) and outcomes.programme = 'pbi_jkn'
group by all
order by outside_the_registry desc, districts.district_name, villages.subdistrict_name
