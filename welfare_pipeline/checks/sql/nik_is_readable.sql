-- One row per listed row without a readable NIK.
select row_id, source_file || ':' || source_row as example from {batch} where nik_status <> 'valid'
