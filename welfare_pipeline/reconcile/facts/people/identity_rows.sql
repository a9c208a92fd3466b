-- One row per person row of the registry, the programme lists and the proposals, with what identifies it.
select
    'registry' as source, row_id, source_file, source_row, village_code, nik, nik_status, nik_warnings, name,
    family_card_number, address
from registry
union all
select
    programme, row_id, source_file, source_row, village_code, nik, nik_status, nik_warnings, name,
    family_card_number, address
from recipient_rows
union all
select
    'proposals', row_id, source_file, source_row, village_code, nik, nik_status, nik_warnings, name,
    family_card_number, address
from proposals
