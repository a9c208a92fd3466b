-- One row per recipient row with a company officer: the recipient, or for a family programme anyone on the card.
select row_id, [item] as items
from family_members
where list = 'company_officers'
