-- One row per person, with the keyed hash of who it is by this month's lists.
with heads as (
    select
        person.row_id as person_id,
        landed_person.registry_id,
        case when person.nik_valid then person.nik end as nik,
        person.card,
        person.name_id,
        person.is_reference,
        landed_person.birth_date,
        person.village
    from person_row
    inner join person on person_row.row_id = person.row_id
    inner join landed_person on person_row.row_id = landed_person.row_id
    where person_row.row_id = person_row.person_id
),

others as (
    select
        person_row.person_id,
        arg_min(person.nik, person.row_id) filter (where person.nik_valid) as nik,
        arg_min(person.card, person.row_id) filter (where person.card is not null) as card
    from person_row
    inner join person on person_row.row_id = person.row_id
    where person_row.row_id <> person_row.person_id
        and person_row.person_id in (select heads.person_id from heads where heads.nik is null or heads.card is null)
    group by person_row.person_id
),

identified as (
    select
        heads.person_id,
        coalesce(heads.card, others.card) as card,
        case
            when heads.is_reference and heads.registry_id is not null then 'registry:' || heads.registry_id
            when coalesce(heads.nik, others.nik) is not null then 'nik:' || coalesce(heads.nik, others.nik)
            else concat_ws(
                '|', 'words:', name.spelling, heads.birth_date, coalesce(heads.card, others.card, heads.village)
            )
        end as identity
    from heads
    left join others on heads.person_id = others.person_id
    left join name on heads.name_id = name.name_id
),

repeated as (
    select identity from identified group by identity having count(*) > 1
),

numbered as (
    select person_id, card, identity
    from identified
    where identity not in (select repeated.identity from repeated)
    union all
    select
        person_id,
        card,
        concat_ws('#', identity, nullif(row_number() over (partition by identity order by person_id), 1)) as identity
    from identified
    where identity in (select repeated.identity from repeated)
)

select
    person_id,
    card,
    sha256($secret || sha256($secret || 'person:' || identity))[1:32] as person_key
from numbered
