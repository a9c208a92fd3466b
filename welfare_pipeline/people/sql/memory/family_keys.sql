-- One row per family card of a person, with the key of the family: the one that it had, or that most of an earlier family,
-- whose card nobody has any more, bring with them to a card that is new.
with known_card as (
    select own_key, min_by(kept_key, row(period, kept_key)) as family_key
    from known_key
    where own_key in (select card_key.own_key from card_key)
    group by own_key
    union all
    select distinct family_key as own_key, family_key
    from known_person
    where family_key in (select card_key.own_key from card_key)
        and family_key not in (select known_key.own_key from known_key)
),

new_card as (
    select card_key.* from card_key anti join known_card using (own_key)
),

moved as (
    select new_card.own_key, earlier_family.family_key, count(*) as members
    from head
    inner join new_card on head.card = new_card.card
    inner join kept_key on head.person_id = kept_key.person_id
    inner join earlier_family on kept_key.person_key = earlier_family.person_key
    where earlier_family.family_key not in (select known_card.family_key from known_card)
    group by new_card.own_key, earlier_family.family_key
),

sized as (
    select family_key, count(*) as members
    from earlier_family
    where family_key in (select moved.family_key from moved)
    group by family_key
),

taken as (
    select moved.own_key, moved.family_key, moved.members
    from moved
    inner join sized on moved.family_key = sized.family_key
    where moved.members * 2 >= sized.members
    qualify row_number() over (partition by moved.family_key order by moved.members desc, moved.own_key) = 1
),

one_a_card as (
    select own_key, family_key
    from taken
    qualify row_number() over (partition by own_key order by members desc, family_key) = 1
)

select card_key.card, card_key.own_key, coalesce(known_card.family_key, one_a_card.family_key, card_key.own_key) as family_key
from card_key
left join known_card using (own_key)
left join one_a_card using (own_key)
