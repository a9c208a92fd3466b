-- One row per valid NIK and name that a list has beside the birth date the NIK was made of, while another list has no date:
-- that date. A number that two lists know is no slip of a pen.
with undated as (
    select distinct nik from landed_person where nik_valid and birth_date is null
)

select landed_person.nik, name.sound_key, min(landed_person.birth_date) as birth_date
from landed_person
semi join undated using (nik)
inner join spelling on landed_person.name = spelling.raw
inner join name using (spelling)
where landed_person.nik_fits and not landed_person.is_reference
group by landed_person.nik, name.sound_key
having min(landed_person.birth_date) = max(landed_person.birth_date)
