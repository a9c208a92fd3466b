-- One row per family card of an active registry person.
select distinct card
from registry_people
where active and card is not null
