-- How sure are the figures? One row per district and figure: the least and the most it can be, as links may be wrong.
-- What lists that did not arrive would change is not in the bounds: see question 20.
select
    period,
    district_name,
    unnest([
        {'figure': 'off_target', 'least': off_target_lower, 'counted': off_target, 'most': off_target_upper},
        {
            'figure': 'not_in_registry',
            'least': not_in_registry_lower,
            'counted': not_in_registry,
            'most': not_in_registry_upper
        },
        {
            'figure': 'unregistered_households',
            'least': unregistered_households_lower,
            'counted': unregistered_households_certain,
            'most': unregistered_households_upper
        }
    ], max_depth := 2)
from district_summary
where period = (select max(period) from district_summary)
order by all
