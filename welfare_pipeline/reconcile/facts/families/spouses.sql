-- One row per family card on which a husband or wife stands, whatever the list.
select distinct usable_card as card
from person_rows
where usable_card is not null and relationship in ('2', '3')
