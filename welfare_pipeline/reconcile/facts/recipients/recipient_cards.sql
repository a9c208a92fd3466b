-- One row per recipient row and family card of its person: in its own list, in the registry, or in another list of
-- recipients or payments (a household is one, whichever list has its old card).
-- Doubtful: only lists say so, while the registry knows the card in other villages alone; or only the registry, where the
-- card strays; or one row against several of the same person (unless the registry has others of the house on it, and nobody
-- on the card of those), or against a card a digit of place or date off (a mistyped number). What is doubtful in other lists
-- does not count here, but for such a digit.
with shown as (
    select person_id, own_card as card, village_code, false as registered from recipients where own_card is not null
    union all
    select link.person_id, payment.usable_card, payment.village_code, false
    from person_rows as payment
    join people as link using (row_id)
    where payment.list = 'disbursements' and payment.usable_card is not null
    union all
    select person_id, card, null, true from registry_people where card is not null
),

counted as (
    select
        shown.person_id,
        shown.card,
        count(*) as times,
        bool_or(shown.registered) as registered,
        bool_or(active_cards.card is not null) as is_known,
        count(*) = 1 and bool_or(stray_cards.card is not null) as strays,
        bool_and(
            coalesce(
                shown.village_code <> active_cards.first_village and shown.village_code <> active_cards.last_village, false
            )
        ) as elsewhere
    from shown
    left join active_cards using (card)
    left join stray_cards on stray_cards.person_id = shown.person_id and stray_cards.card = shown.card
    semi join recipients on recipients.person_id = shown.person_id
    group by shown.person_id, shown.card
),

-- Of whom several lists have another card than the registry has once.
contested as (
    select person_id, card
    from counted
    qualify registered and times = 1 and max(times) over (partition by person_id) > 1
),

-- Such cards on which the registry has somebody else of the same house.
of_families as (
    select distinct contested.person_id, contested.card
    from contested
    join registry_people as own on own.person_id = contested.person_id and own.card = contested.card
    join registry_people as other on other.card = contested.card and other.active and other.person_id <> own.person_id
    join registry as own_row on own_row.row_id = own.row_id
    join registry as other_row on other_row.row_id = other.row_id and other_row.village_code = own_row.village_code
    where plain_address(own_row.address) = plain_address(other_row.address)
),

mistyped as (
    select distinct counted.person_id, counted.card
    from counted
    join counted as other
        on other.person_id = counted.person_id
        and other.card[13:] = counted.card[13:]
        and hamming(other.card[:12], counted.card[:12]) = 1
    where counted.times = 1 and not counted.registered
),

weighed as (
    select
        counted.person_id,
        counted.card,
        counted.elsewhere
        or counted.strays
        or (
            counted.times = 1
            and max(counted.times) over (partition by counted.person_id) > 1
            and (
                of_families.card is null
                or max(counted.times) filter (counted.is_known) over (partition by counted.person_id) > 1
            )
        ) as doubtful,
        mistyped.card is not null as mistyped
    from counted
    left join mistyped using (person_id, card)
    left join of_families using (person_id, card)
)

select recipients.row_id, weighed.card, weighed.doubtful or weighed.mistyped as doubtful
from recipients
join weighed using (person_id)
where not weighed.doubtful or weighed.card = recipients.own_card or weighed.card = recipients.registry_card
