-- One row per person, with its keyed hash and that of the family; whoever an earlier month knew keeps the key. Who has no
-- card is of the family known last.
with keyed as (
    select person_id, person_key from kept_key
    union all
    select person_id, person_key from fresh_key
),

of_a_card as (
    select head.person_id, family_key.family_key
    from head
    inner join family_key on head.card = family_key.card
)

select
    keyed.person_id,
    keyed.person_key,
    coalesce(of_a_card.family_key, earlier_family.family_key, keyed.person_key) as family_key
from keyed
left join of_a_card on keyed.person_id = of_a_card.person_id
left join earlier_family on keyed.person_key = earlier_family.person_key
