-- One row per file, and per list, whose rows do not add up.
select
    in_both(
        source_file || ': ' || rows_landed || ' rows landed, ' || rows_accepted || ' accepted, ' || rows_rejected
        || ' rejected, ' || rejections || ' found in rejected_rows',
        source_file || ': ' || rows_landed || ' baris masuk, ' || rows_accepted || ' diterima, ' || rows_rejected
        || ' ditolak, ' || rejections || ' tercatat sebagai ditolak'
    ) as example
from {batch}
where rows_landed <> rows_accepted + rows_rejected or rows_rejected <> rejections
union all
select
    in_both(
        source || ': ' || rows_accepted || ' rows accepted, ' || rows_in_table || ' found in its table',
        label_id || ': ' || rows_accepted || ' baris diterima, ' || rows_in_table || ' ditemukan dalam tabelnya'
    )
from list_facts
where rows_accepted <> rows_in_table
