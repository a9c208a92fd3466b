-- One row per recipient row and other district whose list of the same programme names the same person this month.
with known as (
    select
        recipient.district_code,
        recipient.programme,
        recipient.row_id,
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
),

identified as (
    select district_code, programme, row_id, own_nik as nik, name, birth_date from known where own_nik is not null
    union
    select district_code, programme, row_id, registered_nik, name, birth_date from known where registered_nik is not null
)

select distinct
    one.district_code,
    one.row_id as recipient_row_id,
    other.district_code as other_district
from identified as one
join identified as other
    on other.nik = one.nik
    and other.programme = one.programme
    and other.district_code <> one.district_code
where
    jaro_winkler_similarity(one.name, other.name) >= $across_name_similarity
    or (one.birth_date = other.birth_date and jaro_winkler_similarity(one.name, other.name) >= $across_born_alike_similarity)
    or ((one.name is null or other.name is null) and one.birth_date = other.birth_date)
