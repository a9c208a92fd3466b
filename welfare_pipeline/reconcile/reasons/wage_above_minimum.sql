-- One row per recipient row with a wage above the minimum: the recipient's, or for a family programme anyone's on the card.
select
    family_members.row_id,
    format('wage above the minimum of Rp{}, ', $minimum_wage)
    || string_agg(distinct family_members.told, ', ' order by family_members.told) as evidence
from family_members
where family_members.list = 'formal_workers' and family_members.wage > $minimum_wage
group by family_members.row_id
