-- One row per registry row whose person is where another fact than the row says: an earlier month's, or a later date's.
select registry_people.row_id, registry_people.presence
from registry_people
join person_rows as landed using (row_id)
where registry_people.presence is distinct from landed.presence
