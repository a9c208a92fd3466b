-- One row per recipient row and family card it stands on: in its own list, in the registry, or in other lists of
-- recipients or payments that name the same person (two of them, if the registry has another card: one may be mistyped).
-- Doubtful: only a list says so, while the registry knows the card in other villages alone (a mistyped number).
with shown as (
    select row_id, person_id, own_card as card, village_code from recipients where own_card is not null
    union all
    select payment.row_id, link.person_id, payment.family_card_number, payment.village_code
    from disbursements as payment
    join people as link using (row_id)
    left join oversize_cards as oversize on oversize.card = payment.family_card_number
    where payment.card_status = 'valid' and oversize.card is null
),

carried as (
    select
        shown.row_id,
        shown.person_id,
        shown.card,
        coalesce(
            shown.village_code <> active_cards.first_village and shown.village_code <> active_cards.last_village, false
        ) as elsewhere
    from shown
    left join active_cards using (card)
),

own as (
    select
        recipients.row_id,
        carried.card,
        carried.elsewhere and recipients.registry_card is distinct from carried.card as doubtful
    from recipients
    join carried using (row_id)
),

others as (
    select recipients.row_id, carried.card, false as doubtful
    from recipients
    join carried using (person_id)
    where
        not carried.elsewhere
        and carried.card is distinct from recipients.own_card
        and carried.card is distinct from recipients.registry_card
    group by recipients.row_id, carried.card, recipients.registry_card
    having recipients.registry_card is null or count(*) > 1
)

select row_id, card, doubtful from own
union all
select row_id, card, doubtful from others
union all
select row_id, registry_card, false
from recipients
where registry_card is not null and registry_card is distinct from own_card
