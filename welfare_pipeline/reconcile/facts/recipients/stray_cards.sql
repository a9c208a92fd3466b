-- One row per registry person who shares a card, but neither village nor address with anybody else on it: a mistyped card
-- number can be another family's.
select person_id, card
from registry_people
join registry using (row_id)
where registry_people.card is not null and registry_people.village_code is not null and registry.address is not null
qualify
    count(*) over (partition by card) > 1
    and count(*) over (partition by card, registry_people.village_code) = 1
    and count(*) over (partition by card, plain_address(registry.address)) = 1
