-- One row per person and way in which the month's lists name them that no earlier month remembers; also under the key of
-- one side of an answered question.
with named as (
    select person_key.person_key, person_key.family_key, identity_person.identity
    from identity_person
    inner join person_key on identity_person.person_id = person_key.person_id
    union
    select answered_identity.person_key, person_key.family_key, identity_person.identity
    from answered_identity
    inner join identity_person on answered_identity.identity = identity_person.identity
    inner join person_key on identity_person.person_id = person_key.person_id
)

select
    named.person_key,
    any_value(named.family_key order by named.family_key) as family_key,
    named.identity,
    any_value(case when identity.bare then identity.number end) as number,
    any_value(identity.number_name) as number_name,
    any_value(identity.number_birth) as number_birth,
    any_value(identity.name_card) as name_card,
    any_value(identity.name_village) as name_village
from named
inner join identity on named.identity = identity.identity
anti join known_person
    on named.person_key = known_person.person_key and named.identity = known_person.identity
group by named.person_key, named.identity
