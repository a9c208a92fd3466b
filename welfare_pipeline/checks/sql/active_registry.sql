-- One row per active person of the registry: its village.
select village_code
from registry
where coalesce(
    status not in ('MD', 'PD', 'TT') or status_date > getvariable('period_end'),
    true
)
