-- One row per way in which lists name somebody (number, name, birth date ...) and person of this month named so.
select distinct named.identity, person_row.person_id
from (select identity, unnest(row_ids) as row_id from identity) as named
inner join person_row on named.row_id = person_row.row_id
