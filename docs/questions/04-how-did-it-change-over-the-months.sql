-- How did it change over the months? One row per month and district: shares off target and to verify, households missed.
-- All months, the newest last; `change` is the share off target against the month before it in this table.
select
    period,
    district_name,
    recipients,
    off_target / nullif(recipients, 0) as off_target_share,
    to_verify / nullif(recipients, 0) as to_verify_share,
    off_target / nullif(recipients, 0)
        - lag(off_target / nullif(recipients, 0)) over (partition by district_code order by period) as change,
    unregistered_households_certain,
    registry_coverage
from district_summary
order by period, district_code
