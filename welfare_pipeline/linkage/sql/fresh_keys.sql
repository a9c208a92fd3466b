-- One row per person whom no earlier month knows, with the keyed hash of who it is by this month's lists.
-- A hash that an earlier month gave to somebody else is made anew with the month.
with identified as (
    select
        head.person_id,
        registry_key.own_key,
        case
            when registry_key.own_key is not null then registry_key.own_key
            when head.nik is not null then 'nik:' || head.nik
            else concat_ws('|', 'words:', name.spelling, head.birth_date, coalesce(head.card, head.village))
        end as identity
    from head
    left join registry_key on head.person_id = registry_key.row_id
    left join name on head.name_id = name.name_id
    where head.person_id not in (select kept_key.person_id from kept_key)
),

repeated as (
    select identity from identified group by identity having count(*) > 1
),

numbered as (
    select person_id, own_key, identity
    from identified
    where identity not in (select repeated.identity from repeated)
    union all
    select
        person_id,
        case when row_number() over same = 1 then own_key end,
        concat_ws('#', identity, nullif(row_number() over same, 1)) as identity
    from identified
    where identity in (select repeated.identity from repeated)
    window same as (partition by identity order by person_id)
),

keyed as (
    select
        person_id,
        identity,
        coalesce(own_key, sha256($secret || sha256($secret || 'person:' || identity))[1:32]) as person_key
    from numbered
)

select
    person_id,
    case
        when person_key in (select known_person.person_key from known_person)
            then sha256($secret || sha256($secret || 'person:' || identity || '#' || $period))[1:32]
        else person_key
    end as person_key
from keyed
