-- One row per rejected file of an optional list.
select
    in_both(
        'Rejected ' || file.source_file || ': ' || coalesce(file.error, 'no reason given'),
        'Ditolak: ' || file.source_file || ' (' || list_facts.label_id || ')'
    ) as example
from {batch} as file
join list_facts on file.source = list_facts.source and not list_facts.required
where file.state = 'rejected'
