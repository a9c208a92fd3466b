-- One row per recipient row outside the registry whose programme demands it and that no decision found eligible.
-- A programme other than PBI whose policy only asks to verify it has the reason to verify.
select
    outside_registry.row_id,
    [outside_registry.item] as items,
    case when outside_registry.registry_demand = 'to_verify' then 'to_verify' else 'certain' end as certainty
from outside_registry
left join standing_decisions using (row_id)
where
    outside_registry.settled
    and (
        outside_registry.registry_demand = 'off_target'
        or (outside_registry.registry_demand = 'to_verify' and outside_registry.programme <> 'pbi_jkn')
    )
    and standing_decisions.outcome is distinct from 'LAYAK'
