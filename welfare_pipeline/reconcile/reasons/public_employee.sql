-- One row per recipient row with a public employee: the recipient, or for a family programme anyone on the card.
select
    family_members.row_id,
    string_agg(distinct family_members.told, ', ' order by family_members.told) as evidence
from family_members
where family_members.list = 'public_employees'
group by family_members.row_id
