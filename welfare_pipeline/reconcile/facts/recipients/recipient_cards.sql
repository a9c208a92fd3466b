-- One row per recipient row and family card of its person: in its own list, in the registry, or in another list of
-- recipients or payments (a household is one, whichever list has its old card).
-- Doubtful is a card
-- - that only lists show, while the registry knows it in other villages alone;
-- - that only the registry shows, and that strays there;
-- - that one row shows against several of the same person (unless the registry has others of the house on it, and nobody on the
--   card of those);
-- - that is mistyped: a digit off the person's card in the registry, or off another of the person's, unless it is the one of
--   the two that others stand on and the registry does not know.
-- A doubtful card of another list is left out, but for a mistyped one, and for one that the registry knows and that is like
-- none of the person's.
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

-- Two of a person's cards a digit apart, of which one is mistyped: in a list, in place or date; or any digit, where both are
-- cards of the registry, or one that it knows elsewhere.
nearly_equal as (
    select counted.person_id, counted.card, other.card as other_card, other.registered as is_registered
    from counted
    join counted as other on other.person_id = counted.person_id and hamming(other.card, counted.card) = 1
    where
        counted.times = 1
        and (
            (not counted.registered and (counted.elsewhere or other.card[13:] = counted.card[13:]))
            or (counted.is_known and other.is_known and (counted.registered or other.registered))
        )
),

-- Cards unknown to the registry on which some list has somebody else, too.
shared as (
    select person_rows.usable_card as card
    from person_rows
    join people using (row_id)
    anti join active_cards on active_cards.card = person_rows.usable_card
    where person_rows.usable_card in (select unnest([card, other_card]) from nearly_equal)
    group by person_rows.usable_card
    having min(people.person_id) < max(people.person_id)
),

mistyped as (
    select distinct person_id, card
    from nearly_equal
    where is_registered or other_card in (from shared) or card not in (from shared)
),

weighed as (
    select
        counted.person_id,
        counted.card,
        counted.is_known,
        counted.strays,
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
where
    weighed.card = recipients.own_card
    or weighed.card = recipients.registry_card
    or not weighed.doubtful
    or (weighed.is_known and not weighed.strays and not weighed.mistyped)
