-- One row per person, with its keyed hash and that of the family; whoever an earlier month knew keeps the key. Who has no
-- card is of the family known last.
with keyed as (
    select person_id, person_key from kept_key
    union all
    select person_id, person_key from fresh_key
)

select
    keyed.person_id,
    keyed.person_key,
    coalesce(family_key.family_key, earlier_family.family_key, keyed.person_key) as family_key
from keyed
inner join head on keyed.person_id = head.person_id
left join family_key on head.card = family_key.card
left join earlier_family on family_key.family_key is null and keyed.person_key = earlier_family.person_key
