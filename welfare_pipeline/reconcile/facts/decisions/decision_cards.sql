-- One row per decision and family card it concerns: its own, the registry's, those the person's lists show, and what the
-- family of an earlier one has now.
select decision_id, own_card as card from decisions where own_card is not null
union
select decision_id, registry_card from decisions where registry_card is not null
union
select decisions.decision_id, earlier_cards.card
from decisions
join earlier_cards on earlier_cards.period = decisions.period and earlier_cards.row_id = decisions.row_id
union
select decisions.decision_id, recipient_cards.card
from decisions
join recipients using (person_id)
join recipient_cards on recipient_cards.row_id = recipients.row_id
where not decisions.names_family_only and not recipient_cards.doubtful
