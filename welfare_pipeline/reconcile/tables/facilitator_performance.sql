-- One row per facilitator: what was due and done, and the place within the district.
with reported as (
    select
        facilitator_id,
        any_value(name order by row_id) as name,
        sum(families_assisted) as families_assisted,
        sum(daily_reports_due) as daily_reports_due,
        sum(daily_reports_filed) as daily_reports_filed,
        bool_and(monthly_report_filed) as monthly_report_filed,
        sum(p2k2_planned) as p2k2_planned,
        sum(p2k2_held) as p2k2_held,
        sum(families_cross_checked) as families_cross_checked,
        sum(families_vaccinated) as families_vaccinated
    from facilitator_reports
    group by facilitator_id
),

done as (
    select
        *,
        daily_reports_filed / nullif(daily_reports_due, 0) as daily_reports_done,
        p2k2_held / nullif(p2k2_planned, 0) as p2k2_done,
        families_cross_checked / nullif(families_assisted, 0) as cross_checks_done
    from reported
),

shared as (
    select
        *,
        if(daily_reports_done > 1, 1, daily_reports_done) as daily_report_share,
        if(p2k2_done > 1, 1, p2k2_done) as p2k2_share,
        if(cross_checks_done > 1, 1, cross_checks_done) as cross_checked_share
    from done
),

scored as (
    select
        *,
        list_avg(
            list_filter(
                [daily_report_share, p2k2_share, cross_checked_share, monthly_report_filed::integer],
                lambda share: share is not null
            )
        ) as score,
        list_filter(
            [
                case when daily_report_share < $facilitator_report_share then 'daily_reports' end,
                case when not monthly_report_filed then 'monthly_report' end,
                case when p2k2_share < $facilitator_p2k2_share then 'p2k2' end
            ],
            lambda shortfall: shortfall is not null
        ) as warning_reasons
    from shared
)

select
    facilitator_id,
    families_assisted,
    daily_reports_due,
    daily_reports_filed,
    daily_report_share,
    monthly_report_filed,
    p2k2_planned,
    p2k2_held,
    p2k2_share,
    families_cross_checked,
    cross_checked_share,
    families_vaccinated,
    score,
    case when score is not null then rank() over (order by score desc nulls last) end as rank,
    len(warning_reasons) > 0 as warning_candidate,
    warning_reasons,
    name
from scored
