-- One row per registry row whose registry number stands on another row too.
with repeated as (
    select registry_id
    from {batch}
    where registry_id is not null
    group by registry_id
    having count(*) > 1
)

select person.source_file || ':' || person.source_row as example
from {batch} as person
semi join repeated on person.registry_id = repeated.registry_id
