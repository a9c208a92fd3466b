-- How many people does the registry cover? One row per village: population, active registry persons, coverage.
-- A coverage above 1 says that people or villages are counted wrongly somewhere; an empty one, that a list is missing.
select
    areas.period,
    districts.district_name,
    areas.subdistrict_name,
    areas.village_name,
    areas.population,
    areas.registry_persons,
    areas.registry_coverage,
    areas.persons as recipients,
    areas.persons / nullif(areas.population, 0) as recipients_share
from village_summary as areas
left join districts on areas.district_code = districts.district_code
where areas.period = (select max(period) from district_summary) and areas.village_code is not null
order by areas.district_code, areas.registry_coverage desc nulls last, areas.village_code
