-- One row per listed row that cannot be placed in a village.
select row_id, source_file || ':' || source_row as example from {batch} where village_code is null
