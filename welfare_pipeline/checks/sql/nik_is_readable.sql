-- One row per listed row without a readable NIK.
select source_file || ':' || source_row as example from {batch} where nik_status <> 'valid'
