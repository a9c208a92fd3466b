-- One row per check that did not pass.
select "table", "check", severity, explanation
from check_results
where not passed
order by severity, "table", "check"
