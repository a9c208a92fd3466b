-- One row per recipient row with a public employee: the recipient, or for a family programme anyone on the card.
select row_id, [item] as items
from family_members
where list = 'public_employees'
