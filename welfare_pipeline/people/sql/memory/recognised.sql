-- One row per way in which lists name a person and earlier key under which that is known. `evidence`: what speaks for it,
-- one bit each, so that the greater is the stronger: all the same (32), number and name or the bare number (8), number
-- and birth date (4), name and birth date with the card (2) or the village (1).
with same as (
    select identity, known_person.person_key, min(known_person.period) as first_period
    from known_person
    semi join identity using (identity)
    group by identity, known_person.person_key
),

new_way as (
    select * from identity anti join same using (identity)
),

-- Whose rows are all named otherwise than before: somebody of this month may be known by this key, too.
gone as (
    select * from known_person where person_key not in (select same.person_key from same)
),

alike as (
    select new_way.identity, known_person.person_key, known_person.period, 8 as evidence
    from new_way
    inner join known_person on new_way.number_name = known_person.number_name
    union all
    select new_way.identity, known_person.person_key, known_person.period, 8 as evidence
    from new_way
    inner join known_person on new_way.number = known_person.number
    union all
    select new_way.identity, known_person.person_key, known_person.period, 4 as evidence
    from new_way
    inner join known_person on new_way.number_birth = known_person.number_birth
    union all
    select new_way.identity, known_person.person_key, known_person.period, 2 as evidence
    from new_way
    inner join known_person on new_way.name_card = known_person.name_card
    union all
    select new_way.identity, known_person.person_key, known_person.period, 1 as evidence
    from new_way
    inner join known_person on new_way.name_village = known_person.name_village
    union all
    select identity.identity, gone.person_key, gone.period, 8 as evidence
    from gone
    inner join identity on gone.number_name = identity.number_name
    where identity.identity in (select same.identity from same)
    union all
    select identity.identity, gone.person_key, gone.period, 8 as evidence
    from gone
    inner join identity on gone.number = identity.number
    where identity.identity in (select same.identity from same)
)

select identity, person_key, 32 as evidence, first_period from same
union all
select identity, person_key, bit_or(evidence) as evidence, min(period) as first_period
from alike
group by identity, person_key
