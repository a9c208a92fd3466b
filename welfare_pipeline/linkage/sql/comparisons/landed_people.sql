-- One row per landed row that names a person, with the columns that tell who it is.
select
    list,
    row_id,
    list = 'registry' as is_reference,
    may_repeat,
    registry_id,
    case
        when nik_is_card or nik_status in ('missing', 'placeholder', 'family_card_number') then null
        when nik_status = 'valid' then nik
        -- a letter beyond ASCII is one character and several bytes, and hamming() counts bytes
        when nik_status <> 'precision_lost' or nik[2] not in ('.', ',') then regexp_replace(nik, '[^ -~]', '?', 'g')
        -- scientific notation: the digits that are sure, as the last one may be rounded
        when regexp_matches(nik, '^\d[.,]\d{12,}[eE][+]?15$') then nik[1] || nik[3:13]
    end as nik,
    nik_status = 'valid' and not nik_is_card as nik_valid,
    coalesce(usable_card, card_in_nik) as card,
    name,
    case when birth_date_is_believed then birth_date end as birth_date,
    case when nik_valid and not coalesce(birth_date_fits_nik, false) then nik_birth_date end as nik_birth_date,
    case when nik_valid and birth_date_is_believed then birth_date_fits_nik end as nik_fits,
    case when nik_valid and birth_date_is_believed then year(birth_date) % 100 = year(person_rows.nik_birth_date) % 100 end
        as nik_year_fits,
    sex,
    mother_name,
    village_code as village,
    village_code[1:6] as subdistrict
from person_rows
