-- One row per landed row that names a person, with the columns that tell who it is.
-- A number that is a registry family's card and nobody's NIK there was written in the wrong column.
-- A birth in the month itself is a blank that became the day of export, unless the NIK agrees.
with registry_cards as (
    select distinct registry.family_card_number as card
    from registry
    anti join registry as person on registry.family_card_number = person.nik
    where registry.card_status = 'valid'
),

with_card as (
    select
        listed.* replace (
            case
                when listed.birth_date < $period_start then listed.birth_date
                when listed.nik_status = 'valid' and listed.nik[9:12] = strftime(listed.birth_date, '%m%y') then listed.birth_date
            end as birth_date,
            case when registry_cards.card is null then listed.nik_status else 'family_card_number' end as nik_status
        ),
        coalesce(case when listed.card_status = 'valid' then listed.family_card_number end, registry_cards.card) as valid_card
    from listed
    left join registry_cards on listed.nik = registry_cards.card
)

select
    listed.list,
    listed.row_id,
    listed.list = 'registry' as is_reference,
    listed.registry_id,
    case
        when listed.nik_status in ('missing', 'placeholder', 'family_card_number') then null
        -- a letter beyond ASCII is one character and several bytes, and hamming() counts bytes
        when listed.nik_status <> 'precision_lost' or listed.nik[2] not in ('.', ',')
            then regexp_replace(listed.nik, '[^ -~]', '?', 'g')
        -- scientific notation: the digits that are sure, as the last one may be rounded
        when regexp_matches(listed.nik, '^\d[.,]\d{12,}[eE][+]?15$') then listed.nik[1] || listed.nik[3:13]
    end as nik,
    listed.nik_status = 'valid' as nik_valid,
    case when oversize.card is null then listed.valid_card end as card,
    listed.name,
    listed.birth_date,
    case
        when listed.nik_status = 'valid' and not coalesce(same_but_century(listed.birth_date, in_number), false) then in_number
    end as nik_birth_date,
    listed.sex,
    listed.mother_name,
    listed.village_code as village,
    listed.village_code[1:6] as subdistrict
from (
    from with_card
    select *, case when nik_status = 'valid' then nik_birth_date(nik, birth_date, $period_end) end as in_number
) as listed
left join oversize_cards($family_size_limit) as oversize on listed.valid_card = oversize.card
