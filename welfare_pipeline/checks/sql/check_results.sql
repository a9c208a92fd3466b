-- One row per check: what was found now, and what other stages found before.
select "table", "check", severity, passed, failing_rows, "rows", share, explanation, explanation_id
from found
union all
select kept."table", kept."check", kept.severity, kept.passed, kept.failing_rows, kept."rows", kept.share,
    kept.explanation, kept.explanation_id
from check_results as kept
anti join found on found."table" = kept."table" and found."check" = kept."check"
