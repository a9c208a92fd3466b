-- One row per recipient row with a wage above the minimum: the recipient's, or for a family programme anyone's on the card.
select row_id, [evidence_item('minimum_wage', 'policy', null, null, value := $minimum_wage), item] as items
from family_members
where list = 'formal_workers' and wage > $minimum_wage
