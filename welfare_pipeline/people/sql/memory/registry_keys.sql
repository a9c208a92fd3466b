-- One row per registry row with a registry id, and the keyed hash of that id.
select row_id, keyed('person:registry', $secret, registry_id) as own_key
from landed_person
where is_reference and registry_id is not null
