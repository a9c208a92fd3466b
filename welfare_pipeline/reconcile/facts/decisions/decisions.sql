-- One row per village decision made by the period's last day, of this delivery and of earlier ones. An undated one is of the
-- last day of the month in which it first landed. `decision_id`: by month, then file order. What a later disposition takes
-- away is none. Who has died, left, is not found or has come back is so in every programme, whichever the row names.
with told as (
    select
        $period as period,
        decision.row_id,
        {'period': $period, 'row_id': decision.row_id} as first_landed,
        true as is_own,
        decision.source_file,
        decision.source_row,
        decision.programme,
        decision.outcome,
        decision.decided_on,
        decision.village_code,
        landed.nik,
        landed.nik_status,
        landed.name,
        landed.birth_date,
        landed.family_card_number,
        link.person_id,
        link.person_key,
        link.family_key,
        link.match_band,
        landed.usable_card as own_card,
        registered.usable_card as registry_card,
        landed.nik is null and landed.name is null as names_family_only
    from eligibility_decisions as decision
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    left join person_rows as registered on registered.row_id = link.registered_id
    where decision.outcome is not null and (decision.decided_on is null or decision.decided_on <= $period_end)
    union all by name
    select
        earlier.period,
        earlier.row_id,
        earlier.first_landed,
        false as is_own,
        earlier.source_file,
        earlier.source_row,
        earlier.programme,
        earlier.said as outcome,
        earlier.dated as decided_on,
        earlier.village_code,
        named.nik,
        coalesce(named.nik_status, 'missing') as nik_status,
        named.name,
        named.birth_date,
        named.family_card_number,
        earlier.person_id,
        earlier.person_key,
        earlier.family_key,
        earlier.match_band,
        (
            select min(earlier_cards.card)
            from earlier_cards
            where earlier_cards.period = earlier.period and earlier_cards.row_id = earlier.row_id
        ) as own_card,
        earlier.names_family_only
    from earlier_facts as earlier
    left join earlier_names as named on named.period = earlier.period and named.row_id = earlier.row_id
    where earlier.list = 'eligibility_decisions' and earlier.said is not null
),

said as (
    select
        outcome in ('MD', 'PD', 'TT', 'DD') as concerns_presence,
        * replace (if(concerns_presence, null, programme) as programme)
    from told
),

dated as (
    select
        *,
        row_number() over (order by period, row_id) as decision_id,
        min(first_landed) over (
            partition by if(names_family_only, family_key, person_id::varchar), programme, outcome, decided_on
        ) as landed_first,
        struct_extract(landed_first, 'period') as first_period,
        coalesce(decided_on, last_day((first_period || '-01')::date)) as dated_on,
        case
            when outcome = 'LAYAK' then $decision_months::integer
            when outcome in ('TIDAK LAYAK', 'SUDAH MAMPU', 'MM') then $ineligible_months::integer
        end as months_held
    from said
)

select
    * exclude (months_held, first_landed, landed_first),
    {'dated_on': dated_on, 'first_landed': landed_first, 'decision_id': decision_id} as judged, -- the greatest is the latest
    coalesce(months_after(dated_on, months_held) < $period_end, false) as has_lapsed
from dated
anti join disproved_decisions using (period, row_id)
