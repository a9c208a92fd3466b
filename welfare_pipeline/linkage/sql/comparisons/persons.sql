-- One row per landed row that names a person: what of it is compared with other rows.
-- The date in a valid NIK stands for a missing birth date; beside another one it is the other birth date.
-- A valid NIK vouches for the birth date (or the year) it was made of, if that stands beside it: in this list, or in another
-- that has number and name. The civil registry's own numbers vouch for themselves.
with named as (
    select spelling.raw, name.*
    from spelling
    inner join name using (spelling)
)

select
    landed_person.* exclude (registry_id, name, mother_name, nik_birth_date, nik_year_fits),
    number_key(landed_person.nik) as nik_key,
    number_key(landed_person.card) as card_key,
    own.name_id,
    own.sound_key as name_sound_key,
    own.sound_start,
    own.ends_key,
    mother.name_id as mother_id,
    mother.sound_key as mother_sound_key,
    mother.ends_key as mother_ends_key,
    coalesce(landed_person.birth_date, landed_person.nik_birth_date) as birth,
    case when landed_person.birth_date is not null then landed_person.nik_birth_date end as other_birth,
    landed_person.nik_valid and landed_person.nik[:6] in (select distinct known.subdistrict from landed_person as known)
    as nik_is_local,
    case
        when landed_person.nik_fits then landed_person.birth_date
        when landed_person.list = 'civil_status' then landed_person.nik_birth_date
        else vouched_number.birth_date
    end as vouched_birth,
    coalesce(year(vouched_birth), case when landed_person.nik_year_fits then year(landed_person.birth_date) end) as vouched_year
from landed_person
left join named as own on landed_person.name = own.raw
left join named as mother on landed_person.mother_name = mother.raw
left join vouched_number
    on
        case when landed_person.nik_valid and landed_person.birth_date is null then landed_person.nik end = vouched_number.nik
        and own.sound_key = vouched_number.sound_key
