-- Which identities need repair, and who can do it? One row per list, what is wrong with the NIK, and next step.
select
    repairs.period,
    districts.district_name,
    repairs.source,
    repairs.nik_status,
    repairs.next_step,
    count(*) as rows,
    count(distinct repairs.person_key) as persons,
    count(repairs.suggested_registry_person_key) as rows_with_a_suggestion
from identity_repairs as repairs
left join districts on repairs.district_code = districts.district_code
where repairs.period = (select max(period) from district_summary)
group by all
order by rows desc, districts.district_name, repairs.source, repairs.nik_status, repairs.next_step
