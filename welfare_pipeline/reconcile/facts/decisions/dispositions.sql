-- One row per disposition made by the period's last day whose finding is named, of this delivery and of earlier ones. An
-- undated one is of the last day of the month in which it first landed. `until_on`: up to when undated facts are meant.
with told as (
    select
        $period as period,
        $period as landed_in,
        decision.row_id,
        true as is_own,
        decision.programme,
        decision.reason,
        decision.disposition,
        decision.decided_on,
        link.person_id,
        landed.usable_card as card,
        landed.nik is null and landed.name is null as names_family_only
    from eligibility_decisions as decision
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    where
        decision.disposition is not null
        and decision.reason is not null
        and (decision.decided_on is null or decision.decided_on <= $period_end)
    union all
    select
        earlier.period,
        earlier.first_landed.period,
        earlier.row_id,
        false,
        earlier.programme,
        coalesce(earlier.reason, answered.reason),
        earlier.disposition,
        earlier.dated,
        earlier.person_id,
        (
            select min(earlier_cards.card)
            from earlier_cards
            where earlier_cards.period = earlier.period and earlier_cards.row_id = earlier.row_id
        ),
        earlier.names_family_only
    from earlier_facts as earlier
    left join earlier_finding_dispositions as answered
        on answered.period = earlier.period
        and answered.source_file = earlier.source_file
        and answered.source_row = earlier.source_row
    where earlier.disposition is not null
),

dated as (
    select
        *,
        last_day((min(landed_in) over (
            partition by if(names_family_only, card, person_id::varchar), programme, reason, disposition, decided_on
        ) || '-01')::date) as first_on
    from told
)

select
    * exclude (first_on, landed_in),
    coalesce(decided_on, first_on) as dated_on,
    greatest(coalesce(decided_on, first_on), first_on) as until_on,
    {'dated_on': coalesce(decided_on, first_on), 'period': period, 'row_id': row_id} as place
from dated
