-- Which villages have not held their meeting? One row per village without one, with what waits for it.
-- `meeting_held` false: reported as not held; empty: the village is not on the list of meetings.
select
    readiness.period,
    districts.district_name,
    readiness.subdistrict_name,
    readiness.village_name,
    readiness.meeting_held,
    readiness.registry_list_received,
    readiness.recipient_list_received,
    readiness.decisions_outstanding,
    readiness.proposals
from village_readiness as readiness
left join districts on readiness.district_code = districts.district_code
where readiness.period = (select max(period) from district_summary) and readiness.meeting_held is not true
order by readiness.decisions_outstanding desc, readiness.village_code
