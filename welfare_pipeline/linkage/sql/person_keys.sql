-- One row per person, with its keyed hash and that of the family; a person known last month keeps the key.
with keyed as (
    select
        fresh_key.person_id,
        fresh_key.card,
        coalesce(kept_key.person_key, fresh_key.person_key) as person_key
    from fresh_key
    left join kept_key on fresh_key.person_id = kept_key.person_id
),

families as (
    select
        card,
        sha256($secret || sha256($secret || 'family:' || card))[1:32] as family_key
    from (select distinct keyed.card from keyed where keyed.card is not null)
)

select keyed.person_id, keyed.person_key, coalesce(families.family_key, keyed.person_key) as family_key
from keyed
left join families on keyed.card = families.card
