-- One row if the share of family cards with a single person has risen against the nearest earlier month.
with district as (
    select
        max(period_before) as period_before,
        sum(single_cards) as single_cards,
        sum(single_cards_before) as single_cards_before,
        sum(single_cards) / nullif(sum(cards), 0) as share,
        sum(single_cards_before) / nullif(sum(cards_before), 0) as share_before,
        list(
            format('{{}} ({{:+d}})', coalesce(village_code, 'no known village'), single_cards - single_cards_before)
            order by single_cards - single_cards_before desc, village_code nulls last
        ) filter (single_cards > single_cards_before) as villages
    from {batch}
)

select
    in_both(
        format(
            '{{:.2f}} % of the family cards in the registry have one person ({{}}), in {{}} it was {{:.2f}} % ({{}}); most in {{}}',
            100 * share, grouped(single_cards::bigint), period_before, 100 * share_before,
            grouped(single_cards_before::bigint), array_to_string(coalesce(villages, ['no single village'])[1:3], ', ')
        ),
        format(
            '{{}}% kartu keluarga dalam data terpadu memuat satu orang ({{}}); pada {{}} {{}}% ({{}})',
            replace(format('{{:.2f}}', 100 * share), '.', ','), with_points(single_cards::bigint), period_before,
            replace(format('{{:.2f}}', 100 * share_before), '.', ','), with_points(single_cards_before::bigint)
        )
    ) as example
from district
where share > share_before * (1 + getvariable('one_person_card_rise'))
