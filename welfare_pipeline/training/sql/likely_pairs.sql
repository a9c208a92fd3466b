-- One row per listed row and registry row that are one person, by the truth the made-up people come with.
with known as (
    select person.row_id, person.is_reference, person.name_id, truth.person
    from truth
    inner join person_rows using (list, source_file, source_row)
    inner join person on person_rows.row_id = person.row_id
)

select l.row_id as left_id, r.row_id as right_id
from known as l
inner join known as r on l.person = r.person
where not l.is_reference and r.is_reference and l.name_id is not null
