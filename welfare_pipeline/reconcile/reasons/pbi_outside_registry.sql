-- One row per PBI recipient row outside the registry whose policy asks to verify it, while nobody has decided.
select outside_registry.row_id, [outside_registry.item] as items
from outside_registry
anti join standing_decisions using (row_id)
where outside_registry.registry_demand = 'to_verify' and outside_registry.programme = 'pbi_jkn'
