-- One row per family card of an active registry person: the villages it is carried in (the first and the last), and
-- whether one person alone carries it.
select
    card,
    min(village_code) as first_village,
    max(village_code) as last_village,
    min(person_id) = max(person_id) as carried_by_one
from registry_people
where active and card is not null
group by card
