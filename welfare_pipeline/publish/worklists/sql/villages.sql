-- One row per village of the population list.
select
    village_code,
    arg_min(village_name, row_id) as village_name,
    arg_min(subdistrict_name, row_id) as subdistrict_name
from population
group by village_code
order by village_code
