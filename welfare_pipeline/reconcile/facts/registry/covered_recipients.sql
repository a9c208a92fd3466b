-- One row per recipient row whose person, or somebody on a family card of theirs, is active in the registry.
select row_id
from recipients
where linked_active
union
select recipient_cards.row_id
from recipient_cards
semi join active_cards using (card)
union
select likely_payments.row_id
from likely_payments
semi join active_cards using (card)
