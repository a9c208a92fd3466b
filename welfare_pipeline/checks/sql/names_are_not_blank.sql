-- One row per listed row without a name.
select row_id, source_file || ':' || source_row as example from {batch} where coalesce(trim(name), '') = ''
