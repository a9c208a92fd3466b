-- Who is poor and not registered, and what stands in the way? One row per district, registration, certainty and blocker.
-- A household with two blockers stands under both; an empty blocker: it can be proposed at once.
select
    found.period,
    districts.district_name,
    found.registration,
    found.certainty,
    found.blocker,
    count(*) as households,
    sum(found.members) as members
from (
    select
        period,
        district_code,
        registration,
        certainty,
        members,
        unnest(case when len(blockers) = 0 then [null] else blockers end) as blocker
    from unregistered_poor_households
    where period = (select max(period) from district_summary)
) as found
left join districts on found.district_code = districts.district_code
group by all
order by all
