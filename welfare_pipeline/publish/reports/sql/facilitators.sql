-- One row if facilitators reported: how many, and how many are candidates for a warning.
select
    count(*) as facilitators,
    count(*) filter (where warning_candidate) as candidates,
    sum(families_assisted) as families,
    sum(families_cross_checked) as cross_checked,
    sum(daily_reports_filed) / nullif(sum(daily_reports_due), 0) as daily_reports,
    sum(p2k2_held) / nullif(sum(p2k2_planned), 0) as p2k2
from facilitator_performance
having count(*) > 0
