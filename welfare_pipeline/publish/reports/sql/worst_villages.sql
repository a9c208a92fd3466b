-- One row per village of those with most findings per 1,000 recipients, the worst first.
select
    coalesce(village_name, village_code) || coalesce(' (' || subdistrict_name || ')', '') as village,
    round(1000 * off_target / recipients, 1) as off_target_per_1000,
    round(1000 * to_verify / recipients, 1) as to_verify_per_1000
from village_summary
where village_code is not null and recipients > 0 and off_target + to_verify > 0
order by (off_target + to_verify) / recipients desc, village_code
limit 15
