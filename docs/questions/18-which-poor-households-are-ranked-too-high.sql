-- Which poor households are ranked too high? One row per district, decile and next step: households that need it.
-- Only months with decile limits (from 2025 on) have such households.
select
    households.period,
    districts.district_name,
    households.decile,
    households.decile_limit,
    households.certainty,
    households.next_step,
    households.proposal_path,
    min(households.deadline_on) as first_deadline,
    count(*) as households,
    sum(households.members) as members
from misranked_poor_households as households
left join districts on households.district_code = districts.district_code
where households.period = (select max(period) from district_summary)
group by all
order by all
