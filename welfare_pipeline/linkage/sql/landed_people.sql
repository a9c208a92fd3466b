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
),

sound_cards as (
    select valid_card as card
    from with_card
    group by valid_card
    having count(*) filter (where list = 'registry') <= $family_size_limit
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
    sound_cards.card,
    listed.name,
    listed.birth_date,
    case
        when listed.nik_status = 'valid'
            and (
                listed.birth_date is null
                -- DDMMYY, for women the day + 40
                or try_cast(listed.nik[7:12] as integer) % 400000
                <> day(listed.birth_date) * 10000 + month(listed.birth_date) * 100 + year(listed.birth_date) % 100
            )
            then try_cast(
                concat_ws(
                    '-',
                    listed.nik[11:12]::integer + case when listed.nik[11:12]::integer > $year % 100 then 1900 else 2000 end,
                    listed.nik[9:10],
                    lpad((listed.nik[7:8]::integer % 40)::varchar, 2, '0')
                ) as date
            )
    end as nik_birth_date,
    listed.sex,
    listed.mother_name,
    listed.village_code as village,
    listed.village_code[1:6] as subdistrict
from with_card as listed
left join sound_cards on listed.valid_card = sound_cards.card
