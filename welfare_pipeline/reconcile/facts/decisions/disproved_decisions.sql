-- One row per decision that a later disposition takes away from the person (or the card) it is about.
with said as (
    select
        $period as period,
        $period as landed_in,
        decision.row_id,
        decision.programme,
        decision.outcome,
        decision.decided_on,
        link.person_id,
        landed.usable_card as card,
        landed.nik is null and landed.name is null as names_family_only
    from eligibility_decisions as decision
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    union all
    select period, first_landed.period, row_id, programme, said, dated, person_id, null, names_family_only
    from earlier_facts
    where list = 'eligibility_decisions'
),

dated as (
    select
        *,
        last_day((min(landed_in) over (
            partition by if(names_family_only, card, person_id::varchar), programme, outcome, decided_on
        ) || '-01')::date) as first_on,
        case
            when outcome = 'MD' then 'DECEASED'
            when outcome = 'PD' then 'MOVED_AWAY'
            when outcome = 'TT' then 'NOT_FOUND'
            when outcome in ('TIDAK LAYAK', 'SUDAH MAMPU', 'MM') then 'JUDGED_INELIGIBLE'
        end as reason
    from said
    where outcome is not null
),

meant as (
    select dated.*, disproved.* exclude (reason, person_id, card, programme, period, row_id), disproved.programme as meant_programme
    from dated
    join disproved_facts as disproved using (reason, person_id)
    where not dated.names_family_only and (disproved.period, disproved.row_id) <> (dated.period, dated.row_id)
    union all by name
    select dated.*, disproved.* exclude (reason, person_id, card, programme, period, row_id), disproved.programme as meant_programme
    from dated
    join disproved_facts as disproved using (reason, card)
    where dated.names_family_only and (disproved.period, disproved.row_id) <> (dated.period, dated.row_id)
)

select distinct period, row_id
from meant
where
    (meant_programme is null or programme is null or meant_programme = programme)
    and if(decided_on is null, first_on <= until_on, decided_on <= dated_on)
