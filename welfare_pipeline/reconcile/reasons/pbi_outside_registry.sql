-- One row per PBI-JKN row outside the registry, while nobody has decided.
select outside_registry.row_id, outside_registry.evidence
from outside_registry
anti join standing_decisions using (row_id)
where outside_registry.programme = 'pbi_jkn' and outside_registry.registry_demand = 'to_verify'
