-- One row per family card of an active registry person: the villages it is carried in (the first and the last).
select
    card,
    min(village_code) as first_village,
    max(village_code) as last_village
from registry_people
where active and card is not null
group by card
