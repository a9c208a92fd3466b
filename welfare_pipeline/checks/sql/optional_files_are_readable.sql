-- One row per rejected file of an optional list.
select 'Rejected ' || file.source_file || ': ' || coalesce(file.error, 'no reason given') as example
from {batch} as file
join list_facts on file.source = list_facts.source and not list_facts.required
where file.state = 'rejected'
