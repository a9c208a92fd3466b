-- One row per village, with the names of the newest month in which its district lists it.
select village_code, district_code, village_name, subdistrict_name
from village_summary
where village_code is not null
qualify row_number() over (partition by village_code order by period desc, district_code) = 1
