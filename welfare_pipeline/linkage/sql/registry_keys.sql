-- One row per registry row with a registry id, and the keyed hash of that id.
select
    row_id,
    sha256($secret || sha256($secret || 'person:registry:' || registry_id))[1:32] as own_key
from landed_person
where is_reference and registry_id is not null
