-- Can this month be trusted? One row per district and check that failed or could not be made, and what was found.
-- A month that is held back or older than what landed says so in `state` and `stale_because`.
select
    checks.period,
    districts.district_name,
    status.state,
    status.stale_because,
    checks."table",
    checks."check",
    checks.severity,
    checks.passed,
    checks.failing_rows,
    checks.share,
    checks.explanation
from check_results as checks
left join districts on checks.district_code = districts.district_code
left join district_status as status on checks.period = status.period and checks.district_code = status.district_code
where checks.period = (select max(period) from district_summary) and checks.passed is not true
order by checks.district_code, checks.severity, checks."table", checks."check"
