-- Which registered families within the limits does no programme reach? One row per sub-district and lowest decile.
-- An empty decile: the registry has none; of a month without deciles every registered family counts.
select
    period,
    district_name,
    subdistrict_name,
    decile,
    count(*) as families,
    sum(members) as members
from unserved_registered_households_named
where period = (select max(period) from district_summary)
group by all
order by all
