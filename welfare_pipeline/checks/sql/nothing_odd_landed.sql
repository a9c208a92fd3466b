-- One row per oddity in what landed; values that could not be read have a check of their own.
select
    in_both(
        concat_ws(
            ' ', source_file, 'sheet ' || sheet, 'row ' || source_row, 'column ' || column_name || ':', finding
        ),
        concat_ws(
            ' ', source_file || coalesce(':' || source_row, ''), 'lembar ' || sheet, 'kolom ' || column_name || ':', said.id
        )
    ) as example
from {batch} as oddity
left join said on said.list = 'delivery_finding' and oddity.finding = said.code
where oddity.finding <> 'UNREADABLE_VALUE'
