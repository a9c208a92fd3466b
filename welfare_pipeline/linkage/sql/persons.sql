-- One row per landed row that names a person, in the standard columns of linkage.
select
    landed_person.row_id,
    landed_person.list,
    landed_person.is_reference,
    landed_person.nik,
    case when landed_person.nik is not null then hash(landed_person.nik) end as nik_key,
    landed_person.nik_valid,
    landed_person.number_confirms_birth,
    landed_person.card,
    case when landed_person.card is not null then hash(landed_person.card) end as card_key,
    own.name_id,
    own.sound_key as name_sound_key,
    own.sound_start,
    own.ends_key,
    mother.name_id as mother_id,
    mother.sound_key as mother_sound_key,
    mother.ends_key as mother_ends_key,
    landed_person.birth_date,
    coalesce(landed_person.birth_date, landed_person.nik_birth_date) as birth,
    landed_person.sex,
    landed_person.village,
    landed_person.subdistrict
from landed_person
left join spelling as own_spelling on landed_person.name = own_spelling.raw
left join name as own on own_spelling.spelling = own.spelling
left join spelling as mother_spelling on landed_person.mother_name = mother_spelling.raw
left join name as mother on mother_spelling.spelling = mother.spelling
