-- One row per file that is a whole list under a name that no list has.
select
    in_both(
        '"' || file.source_file || '" is most likely the list ' || file.meant || ' and was not read (' || file.error || ')',
        '"' || file.source_file || '" tampaknya daftar ' || coalesce(list_facts.label_id, file.meant)
        || ' dan tidak dibaca; namai berkas itu ' || file.meant || '.csv atau ' || file.meant || '.xlsx'
    ) as example
from {batch} as file
left join list_facts on list_facts.source = file.meant
where file.meant is not null
