-- One row per village of the population list, by name.
select village_code, arg_min(village_name, row_id) as village_name
from population
group by village_code
