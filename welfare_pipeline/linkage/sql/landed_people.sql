-- One row per landed row that names a person, with the columns that tell who it is.
with listed as (
    select 'registry' as list, * from registry
    union all by name
    select 'pkh' as list, * from pkh
    union all by name
    select 'sembako' as list, * from sembako
    union all by name
    select 'pbi_jkn' as list, * from pbi_jkn
    union all by name
    select 'bst' as list, * from bst
    union all by name
    select 'yapi' as list, * from yapi
    union all by name
    select 'disability' as list, * from disability
    union all by name
    select 'elderly' as list, * from elderly
    union all by name
    select 'proposals' as list, * from proposals
    union all by name
    select 'eligibility_decisions' as list, * from eligibility_decisions
    union all by name
    select 'civil_status' as list, * from civil_status
),

with_card as (
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
    case when listed.nik_status not in ('missing', 'placeholder', 'family_card_number') then listed.nik end as nik,
    listed.nik_status = 'valid' as nik_valid,
    listed.nik as raw_nik,
    listed.source_file,
    listed.source_row,
    listed.address,
    listed.family_card_number,
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
    listed.village_code,
    listed.village_code as village,
    listed.village_code[1:6] as subdistrict
from with_card as listed
left join sound_cards on listed.valid_card = sound_cards.card
