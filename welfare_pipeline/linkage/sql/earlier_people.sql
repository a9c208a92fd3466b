-- One row per row of the earlier month that names a person, with the key it was given.
select
    links.person_key,
    listed.registry_id,
    case when listed.nik_status = 'valid' then listed.nik end as nik,
    upper(trim(listed.name)) as name,
    listed.birth_date,
    coalesce(case when listed.card_status = 'valid' then listed.family_card_number end, listed.village_code) as home
from links
inner join listed on links.row_id = listed.row_id
