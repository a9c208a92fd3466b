-- One row per recipient row and family card of its person: in its own list, in the registry, or in another list of
-- recipients or payments (a household is one, whichever list has its old card).
-- Doubtful: only lists say so, while the registry knows the card in other villages alone, or one row against several of
-- the same person (a mistyped number). What is doubtful in other lists does not count here.
with shown as (
    select person_id, own_card as card, village_code from recipients where own_card is not null
    union all
    select link.person_id, payment.family_card_number, payment.village_code
    from disbursements as payment
    join people as link using (row_id)
    left join oversize_cards as oversize on oversize.card = payment.family_card_number
    where payment.card_status = 'valid' and oversize.card is null
    union all
    select person_id, card, null from registry_people where card is not null
),

counted as (
    select
        shown.person_id,
        shown.card,
        count(*) as times,
        bool_and(
            coalesce(
                shown.village_code <> active_cards.first_village and shown.village_code <> active_cards.last_village, false
            )
        ) as elsewhere
    from shown
    left join active_cards using (card)
    semi join recipients on recipients.person_id = shown.person_id
    group by shown.person_id, shown.card
),

weighed as (
    select
        person_id,
        card,
        elsewhere or (times = 1 and max(times) over (partition by person_id) > 1) as doubtful
    from counted
)

select recipients.row_id, weighed.card, weighed.doubtful
from recipients
join weighed using (person_id)
where not weighed.doubtful or weighed.card = recipients.own_card or weighed.card = recipients.registry_card
