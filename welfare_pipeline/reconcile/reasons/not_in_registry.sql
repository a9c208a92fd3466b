-- One row per recipient row outside the registry whose programme asks for it and that no decision found eligible.
-- To verify where the policy says so; PBI-JKN outside the registry has a reason of its own.
select
    outside_registry.row_id,
    outside_registry.evidence,
    case when outside_registry.registry_demand = 'to_verify' then 'to_verify' end as certainty
from outside_registry
left join standing_decisions using (row_id)
where
    (
        outside_registry.registry_demand = 'off_target'
        or (outside_registry.registry_demand = 'to_verify' and outside_registry.programme <> 'pbi_jkn')
    )
    and standing_decisions.outcome is distinct from 'LAYAK'
