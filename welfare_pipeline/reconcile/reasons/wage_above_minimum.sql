-- One row per recipient row with a wage above the minimum: the recipient's, or for a family programme anyone's on the card.
select
    family_members.row_id,
    format('wage above the minimum of Rp{}: ', $minimum_wage)
    || string_agg(distinct listed_people.evidence, ', ' order by listed_people.evidence) as evidence
from listed_people
join family_members using (person_id)
where listed_people.list = 'formal_workers' and listed_people.wage > $minimum_wage
group by family_members.row_id
