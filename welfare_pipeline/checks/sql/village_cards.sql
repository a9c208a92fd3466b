-- One row per village: family cards in the registry, and those of a single person, in this month and the nearest earlier one.
with before as (
    select max(period) as period from registries where period < getvariable('period')
),

cards as (
    select registries.period, registries.card, min(registries.village_code) as village_code, count(*) as people
    from registries
    where
        registries.card is not null
        and (registries.period = getvariable('period') or registries.period = (select period from before))
    group by registries.period, registries.card
)

select
    village_code,
    max(period) filter (period < getvariable('period')) as period_before,
    count(*) filter (period = getvariable('period')) as cards,
    count(*) filter (period = getvariable('period') and people = 1) as single_cards,
    count(*) filter (period < getvariable('period')) as cards_before,
    count(*) filter (period < getvariable('period') and people = 1) as single_cards_before
from cards
group by village_code
