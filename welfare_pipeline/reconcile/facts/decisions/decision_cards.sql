-- One row per decision and family card it concerns: its own, the registry's, and those the person's lists show.
select row_id, own_card as card from decisions where own_card is not null
union
select row_id, registry_card from decisions where registry_card is not null
union
select decisions.row_id, recipient_cards.card
from decisions
join recipients using (person_id)
join recipient_cards on recipient_cards.row_id = recipients.row_id
where not decisions.names_family_only and not recipient_cards.doubtful
