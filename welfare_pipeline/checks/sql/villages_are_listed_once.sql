-- One row per population row of a village listed more than once.
with repeated as (
    select village_code from {batch} group by village_code having count(*) > 1
)

select village.source_file || ':' || village.source_row || ' (' || village.village_code || ')' as example
from {batch} as village
semi join repeated on village.village_code = repeated.village_code
