-- One row per programme whose outcomes are not its accepted rows.
select
    programme || ': ' || rows_accepted || ' rows accepted, ' || off_target + to_verify + unresolved + on_target
    || ' with an outcome' as example
from {batch}
where rows_accepted <> off_target + to_verify + unresolved + on_target
