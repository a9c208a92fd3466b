-- One row per objection and family card it is about: its own, the registry's, what the person's lists show, and what the
-- family of an earlier one has now.
select period, row_id, card from landed_objections where card is not null
union
select objections.period, objections.row_id, registered.usable_card
from landed_objections as objections
join person_rows as registered on registered.row_id = objections.registered_id
where registered.usable_card is not null
union
select objections.period, objections.row_id, earlier_cards.card
from landed_objections as objections
join earlier_cards on earlier_cards.period = objections.period and earlier_cards.row_id = objections.row_id
union
select objections.period, objections.row_id, recipient_cards.card
from landed_objections as objections
join recipients using (person_id)
join recipient_cards on recipient_cards.row_id = recipients.row_id
where not objections.names_family_only and not recipient_cards.doubtful
