-- One row per family card number that stands beside more people than a family has: it proves no family.
with carried as (
    select family_card_number as card, row_id from registry where card_status = 'valid'
    union all
    select family_card_number, row_id from recipient_rows where card_status = 'valid'
),

crowded as (
    select card from carried group by card having count(*) > $family_size_limit
)

select carried.card
from carried
semi join crowded using (card)
join links using (row_id)
group by carried.card
having count(distinct links.person_id) > $family_size_limit
