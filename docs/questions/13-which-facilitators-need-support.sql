-- Which facilitators need support? One row per facilitator, the weakest first, with what is behind.
-- No name is here: the facilitator's number leads to it in the district's own database.
select
    facilitators.period,
    districts.district_name,
    facilitators.facilitator_id,
    facilitators.families_assisted,
    facilitators.score,
    facilitators.rank,
    facilitators.warning_candidate,
    array_to_string(facilitators.warning_reasons, ', ') as warning_reasons,
    facilitators.daily_report_share,
    facilitators.p2k2_share,
    facilitators.cross_checked_share
from facilitator_performance as facilitators
left join districts on facilitators.district_code = districts.district_code
where facilitators.period = (select max(period) from district_summary)
order by facilitators.warning_candidate desc, facilitators.score nulls last, facilitators.facilitator_id
