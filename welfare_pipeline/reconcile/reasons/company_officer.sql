-- One row per recipient row with a company officer: the recipient, or for a family programme anyone on the card.
select
    family_members.row_id,
    string_agg(distinct family_members.told, ', ' order by family_members.told) as evidence
from family_members
where family_members.list = 'company_officers'
group by family_members.row_id
