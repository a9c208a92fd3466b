-- One row per objection and family card that the objection concerns: the card it names, the person's card in the registry and in
-- other lists, and the present card of the family of an earlier objection. If no row of this month shows the person on a card:
-- the card of the person's family in earlier months.
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
union
select objections.period, objections.row_id, family_cards.card
from landed_objections as objections
join people on people.row_id = objections.row_id
join family_cards using (family_key)
anti join carded_people on carded_people.person_id = objections.person_id
where objections.period = $period and not objections.names_family_only
