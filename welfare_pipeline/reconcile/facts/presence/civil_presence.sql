-- One row per person who has died (MD) or moved away (PD) by the civil registry.
select person_id, status, dated as status_date, period, source_file, source_row
from standing_statements
where list = 'civil_status' and status in ('MD', 'PD')
qualify row_number() over (partition by person_id order by status = 'MD' desc, place desc) = 1
