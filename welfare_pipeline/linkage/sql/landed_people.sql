-- One row per landed row that names a person, with the columns that tell who it is.
with with_card as (
    select *, case when card_status = 'valid' then family_card_number end as valid_card from listed
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
        when listed.nik_status <> 'precision_lost' or listed.nik[2] not in ('.', ',') then listed.nik
        -- scientific notation: the digits that are sure, as the last one may be rounded
        when regexp_matches(listed.nik, '^\d[.,]\d{12,}[eE][+]?15$') then listed.nik[1] || listed.nik[3:13]
    end as nik,
    listed.nik_status = 'valid' as nik_valid,
    sound_cards.card,
    listed.name,
    listed.birth_date,
    case when listed.nik_status = 'valid' and listed.birth_date is null then
        try_cast(
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
