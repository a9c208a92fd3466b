-- One row per person who was dead, gone or not found by the registry of an earlier month, and who has no row in it now
-- that says the same.
select earlier.person_id, earlier.status, earlier.dated, earlier.period, earlier.source_file, earlier.source_row
from standing_statements as earlier
anti join (select * from standing_statements where is_own) as own
    on own.person_id = earlier.person_id and own.list = earlier.list and own.status = earlier.status
where earlier.list = 'registry' and not earlier.is_own
qualify row_number() over (partition by earlier.person_id order by earlier.status = 'MD' desc, earlier.place desc) = 1
