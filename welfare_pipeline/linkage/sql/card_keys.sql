-- One row per family card of a person, with the keyed hash of its number.
select card, sha256($secret || sha256($secret || 'family:' || card))[1:32] as own_key
from (select distinct head.card from head where head.card is not null)
