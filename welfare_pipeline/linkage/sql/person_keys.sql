-- One row per person, with the keyed hash of who it is and of the family.
with described as (
    select
        person_row.person_id,
        arg_min(landed_person.registry_id, person_row.row_id)
            filter (where landed_person.is_reference and landed_person.registry_id is not null) as registry_id,
        arg_min(landed_person.nik, (not landed_person.is_reference, person_row.row_id))
            filter (where landed_person.nik_valid) as nik,
        arg_min(landed_person.card, (not landed_person.is_reference, person_row.row_id))
            filter (where landed_person.card is not null) as card,
        min_by(
            concat_ws(
                '|',
                own.spelling,
                person.birth_date::varchar,
                coalesce(person.card, person.village),
                landed_person.family_card_number,
                landed_person.raw_nik
            ),
            person_row.row_id
        ) as words
    from person_row
    inner join landed_person on person_row.row_id = landed_person.row_id
    inner join person on person_row.row_id = person.row_id
    left join name as own on person.name_id = own.name_id
    group by person_row.person_id
),

identified as (
    select
        person_id,
        card,
        case
            when registry_id is not null then 'registry:' || registry_id
            when nik is not null then 'nik:' || nik
            else 'words:' || words
        end as identity
    from described
),

numbered as (
    select
        person_id,
        card,
        identity || '#' || (row_number() over (partition by identity order by person_id))::varchar as identity
    from identified
),

hashed as (
    select
        person_id,
        card,
        sha256($secret || sha256($secret || 'person:' || identity))[1:32] as person_key
    from numbered
)

select
    person_id,
    person_key,
    sha256($secret || sha256($secret || 'family:' || coalesce(card, person_key)))[1:32] as family_key
from hashed
