-- One row per village of the population list.
select
    village_code,
    arg_min(village_name, row_id) as village_name,
    arg_min(subdistrict_name, row_id) as subdistrict_name,
    sum(total) as population,
    sum(ktp_eligible) as ktp_eligible,
    sum(ktp_recorded) as ktp_recorded
from population
group by village_code
