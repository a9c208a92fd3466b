-- One row per recipient row with a public employee: the recipient, or for a family programme anyone on the card.
select
    family_members.row_id,
    string_agg(distinct 'listed: ' || listed_people.evidence, ', ' order by 'listed: ' || listed_people.evidence) as evidence
from listed_people
join family_members using (person_id)
where listed_people.list = 'public_employees'
group by family_members.row_id
