-- One row per person whom no earlier month knows, with a new key: the keyed hash of number, name and so on of this month.
-- Where several people have the same of these, all but the first are numbered. A hash that an earlier month gave to
-- somebody else is made anew with the month.
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

numbered as (
    select person_id, own_key, identity, row_number() over (partition by identity order by person_id) as number
    from identified
),

named as (
    select
        person_id,
        case when number = 1 then own_key end as own_key,
        concat_ws('#', identity, nullif(number, 1)) as identity
    from numbered
),

keyed_person as (
    select person_id, identity, coalesce(own_key, keyed('person', $secret, identity)) as person_key from named
)

select
    person_id,
    case
        when person_key in (select known_person.person_key from known_person)
            then keyed('person', $secret, identity || '#' || $period)
        else person_key
    end as person_key
from keyed_person
