-- One row per recipient row and family card it stands on, in its own list or in the registry.
-- Doubtful: only the list says so, while the registry knows the card in other villages alone (a mistyped number).
select
    recipients.row_id,
    recipients.own_card as card,
    coalesce(
        recipients.registry_card is distinct from recipients.own_card
        and recipients.village_code <> active_cards.first_village
        and recipients.village_code <> active_cards.last_village,
        false
    ) as doubtful
from recipients
left join active_cards on active_cards.card = recipients.own_card
where recipients.own_card is not null
union all
select row_id, registry_card, false
from recipients
where registry_card is not null and registry_card is distinct from own_card
