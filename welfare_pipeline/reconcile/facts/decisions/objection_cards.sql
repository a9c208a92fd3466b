-- One row per objection and family card it is about: its own, the registry's, what the person's lists show, what the family of
-- an earlier one has now, and, of a person whom no row of this month shows on a card, that of the family which earlier months
-- had the person in.
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
