-- One row per registry row whose placeholder stands on another row too.
with repeated as (
    select nik
    from {batch}
    where nik_status = 'placeholder'
    group by nik
    having count(*) > 1
)

select person.source_file || ':' || person.source_row as example
from {batch} as person
semi join repeated on person.nik = repeated.nik
where person.nik_status = 'placeholder'
