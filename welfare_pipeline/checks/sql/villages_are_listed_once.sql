-- One row per population row of a village listed more than once.
select row_id, source_file || ':' || source_row || ' (' || village_code || ')' as example
from {batch}
qualify count(*) over (partition by village_code) > 1
