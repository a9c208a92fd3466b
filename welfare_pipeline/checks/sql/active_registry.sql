-- One row per active person of the registry: its village.
select village_code
from person_rows
where list = 'registry' and coalesce(presence not in ('MD', 'PD', 'TT'), true)
