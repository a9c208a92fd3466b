-- One row per registry row of an earlier month: the key of its person.
select period, row_id, person_key
from earlier_links
where source = 'registry'
