-- One row per person and way in which the month's lists name them that no earlier month remembers; also under the key of
-- one side of an answered question.
with answered as (
    select
        answered_identity.person_key,
        answered_identity.identity,
        min_by(person_key.family_key, row(person_key.person_key <> answered_identity.person_key, person_key.family_key)) as family_key,
        bool_or(person_key.person_key = answered_identity.person_key) as is_named
    from answered_identity
    inner join identity_person on answered_identity.identity = identity_person.identity
    inner join person_key on identity_person.person_id = person_key.person_id
    group by answered_identity.person_key, answered_identity.identity
),

named as (
    select person_key.person_key, person_key.family_key, identity_person.identity
    from identity_person
    inner join person_key on identity_person.person_id = person_key.person_id
    union all
    select person_key, family_key, identity from answered where not is_named
)

select
    named.person_key,
    named.family_key,
    named.identity,
    case when identity.bare then identity.number end as number,
    identity.number_name,
    identity.number_birth,
    identity.name_card,
    identity.name_village
from named
inner join identity on named.identity = identity.identity
anti join known_person
    on named.person_key = known_person.person_key and named.identity = known_person.identity
