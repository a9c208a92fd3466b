-- One row per recipient row of the month, with the numbers and the name and birth date that it is known by.
select
    recipient.district_code,
    recipient.programme,
    recipient.row_id,
    recipient.source_file,
    recipient.source_row,
    link.person_key,
    case when recipient.nik_status = 'valid' then recipient.nik end as own_nik,
    case when registered.nik_status = 'valid' then registered.nik end as registered_nik,
    replace(coalesce(registered.plain_name, recipient.plain_name), ' ', '') as name,
    coalesce(registered.birth_date, recipient.birth_date) as birth_date
from person_rows as recipient
join links as link using (district_code, row_id)
left join person_rows as registered
    on registered.district_code = recipient.district_code
    and registered.row_id = case when link.match_band = 'same' then link.registry_row_id end
where recipient.list = recipient.programme
