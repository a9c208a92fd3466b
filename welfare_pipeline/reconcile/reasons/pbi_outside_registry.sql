-- One row per PBI recipient row outside the registry whose policy asks to verify it, while nobody has decided. That is to verify
-- as well while people settle whether the number, or no more than name and birth date, makes the row a registry person's.
select outside_registry.row_id, [outside_registry.item] as items
from outside_registry
anti join standing_decisions using (row_id)
where outside_registry.registry_demand = 'to_verify' and outside_registry.programme = 'pbi_jkn'
