-- One row per recipient row outside the registry whose programme demands it and that no decision found eligible.
select outside_registry.row_id, outside_registry.evidence
from outside_registry
left join standing_decisions using (row_id)
where outside_registry.registry_demand = 'off_target' and standing_decisions.outcome is distinct from 'LAYAK'
