-- One row per registry person who shares a card, but neither village nor address with anybody else on it: a mistyped card
-- number can be another family's.
with carried as (
    select registry_people.person_id, registry_people.card, registry_people.village_code, registry.address
    from registry_people
    join registry using (row_id)
    where registry_people.card is not null and registry_people.village_code is not null and registry.address is not null
),

-- Few families live in several villages: addresses are compared on their cards alone.
scattered as (
    select card from carried group by card having min(village_code) < max(village_code)
)

select person_id, card
from carried
semi join scattered using (card)
qualify
    count(*) over (partition by card, village_code) = 1
    and count(*) over (partition by card, plain_address(address)) = 1
