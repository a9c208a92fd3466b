-- One row per landed row that names a person: who it is, and the registry row it certainly is (or may be).
select
    row_id,
    person_id,
    person_key,
    family_key,
    match_method,
    match_band,
    match_probability,
    guard,
    case when match_band = 'same' then registry_row_id end as registered_id,
    case when match_band = 'review' then registry_row_id end as candidate_id,
    case when match_band = 'same' then person_id end as settled_person_id
from links
