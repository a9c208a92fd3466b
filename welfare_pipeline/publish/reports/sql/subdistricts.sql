-- One row per sub-district: coverage of the registry, and findings per 1,000 recipients, most findings first.
select
    coalesce(subdistrict_name, 'Tidak diketahui') as subdistrict,
    sum(population)::bigint as population,
    sum(registry_persons)::bigint as registry_persons,
    sum(registry_persons) / nullif(sum(population), 0) as coverage,
    sum(recipients)::bigint as recipients,
    sum(off_target)::bigint as off_target,
    sum(to_verify)::bigint as to_verify,
    round(1000 * sum(off_target + to_verify) / nullif(sum(recipients), 0), 1) as problems_per_1000
from village_summary
group by subdistrict
order by problems_per_1000 desc nulls last, subdistrict
