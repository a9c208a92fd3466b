-- One row per person who is known to be married: husband or wife in any list, or head of a family with one of them.
select distinct people.person_id
from person_rows as described
join people using (row_id)
left join spouses on spouses.card = described.usable_card
where described.relationship in ('2', '3') or (described.relationship = '1' and spouses.card is not null)
