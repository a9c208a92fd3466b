-- One row per person who is known to be married: husband or wife in any list, or head of a family with one of them.
with described as (
    select row_id, relationship, card_status, family_card_number from registry
    union all
    select row_id, relationship, card_status, family_card_number from recipient_rows
    union all
    select row_id, relationship, card_status, family_card_number from proposals
)

select people.person_id
from described
join people using (row_id)
left join spouses on spouses.card = described.family_card_number and described.card_status = 'valid'
where described.relationship in ('2', '3') or (described.relationship = '1' and spouses.card is not null)
group by people.person_id
