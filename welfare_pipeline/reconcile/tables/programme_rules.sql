-- One row per programme of the policy: what it demands on the period's last day.
select
    place,
    programme,
    label_id,
    label_en,
    unit,
    registry,
    legal_basis,
    decile_limit,
    verify_limit,
    grace_months,
    limit_since,
    minimum_age,
    maximum_age,
    monthly_amount,
    stage_months
from policy_programmes
