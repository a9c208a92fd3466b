-- One row per row of the earlier month that names a person, with the key it was given.
select
    links.person_key,
    listed.registry_id,
    case when listed.nik_status = 'valid' and not listed.nik_is_card then listed.nik end as nik,
    listed.plain_name as name,
    case when listed.birth_date_is_believed then listed.birth_date end as birth_date,
    coalesce(listed.usable_card, listed.card_in_nik, listed.village_code) as home
from links
inner join person_rows as listed on links.row_id = listed.row_id
