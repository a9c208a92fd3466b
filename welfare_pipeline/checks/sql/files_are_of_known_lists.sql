-- One row per file of no known list.
select source_file || ' is no list that the pipeline knows' as example
from {batch}
where source is null or source not in (select source from list_facts)
