-- One row per file, and per list, whose rows do not add up.
select
    source_file || ': ' || rows_landed || ' rows landed, ' || rows_accepted || ' accepted, ' || rows_rejected
    || ' rejected, ' || rejections || ' found in rejected_rows' as example
from {batch}
where rows_landed <> rows_accepted + rows_rejected or rows_rejected <> rejections
union all
select source || ': ' || rows_accepted || ' rows accepted, ' || rows_in_table || ' found in its table'
from list_facts
where rows_accepted <> rows_in_table
