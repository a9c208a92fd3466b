-- One row per oddity in what landed; values that could not be read have a check of their own.
select
    concat_ws(
        ' ', source_file, 'sheet ' || sheet, 'row ' || source_row, 'column ' || column_name || ':', finding
    ) as example
from {batch}
where finding <> 'UNREADABLE_VALUE'
