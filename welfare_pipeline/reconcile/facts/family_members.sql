-- One row per person on the family card of a family-unit recipient, and one for each recipient themselves.
with carried as (
    select card, person_id from registry_people where card is not null
    union
    select own_card, person_id from recipients where own_card is not null and match_band <> 'review'
)

select row_id, person_id from recipients
union
select recipient_cards.row_id, carried.person_id
from recipients
join recipient_cards using (row_id)
join carried on carried.card = recipient_cards.card
where recipients.unit = 'family'
