-- One row per family card of a person, with the keyed hash of its number.
select card, keyed('family', $secret, card) as own_key
from (select distinct head.card from head where head.card is not null)
