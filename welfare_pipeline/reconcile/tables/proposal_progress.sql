-- One row per person proposed in this or an earlier month, and what became of the proposal.
with proposed as (
    select
        people.person_id,
        people.person_key,
        people.family_key,
        proposals.village_code,
        proposals.proposed_on,
        $period as first_period,
        proposals.outcome,
        landed.usable_card as card,
        proposals.row_id
    from proposals
    join person_rows as landed using (row_id)
    join people using (row_id)
    where proposals.proposed_on is null or proposals.proposed_on <= $period_end
),

latest as (
    select *
    from proposed
    qualify row_number() over (partition by person_key order by proposed_on desc nulls last, row_id desc) = 1
),

first_proposed as (
    select person_key, min(proposed_on) as proposed_on from proposed group by person_key
),

tracked as (
    select
        coalesce(latest.person_key, earlier.person_key) as person_key,
        coalesce(latest.family_key, earlier.family_key) as family_key,
        coalesce(latest.village_code, earlier.village_code) as village_code,
        least(first_proposed.proposed_on, earlier.proposed_on) as proposed_on,
        coalesce(earlier.first_period, latest.first_period) as first_period,
        case
            when latest.person_key is not null then latest.outcome
            when earlier.state = 'accepted' then 'LAYAK'
            else earlier.refused_because
        end as outcome,
        latest.card
    from latest
    left join first_proposed using (person_key)
    full join previous_proposal_progress as earlier on earlier.person_key = latest.person_key
),

registered as (
    select distinct people.person_key
    from registry_people
    join people using (row_id)
    semi join tracked on tracked.person_key = people.person_key
    where registry_people.active
),

judged as (
    select people.person_key, decisions.outcome
    from decisions
    join people using (row_id)
    where not decisions.names_family_only
    qualify row_number() over (
        partition by people.person_key order by decisions.decided_on desc nulls last, decisions.row_id desc
    ) = 1
),

served as (
    select tracked.person_key, recipients.programme
    from tracked
    join people using (person_key)
    join recipients on recipients.row_id = people.row_id
    union
    select tracked.person_key, recipients.programme
    from tracked
    join recipient_cards on recipient_cards.card = tracked.card
    join recipients on recipients.row_id = recipient_cards.row_id
    where recipients.unit = 'family'
),

programmes as (
    select person_key, list_sort(list(distinct programme)) as programmes from served group by person_key
),

refusals as (
    select
        tracked.person_key,
        case
            when judged.outcome <> 'LAYAK' then judged.outcome
            when tracked.outcome not in ('LAYAK', 'DIUSULKAN') then tracked.outcome
        end as refused_because
    from tracked
    left join judged using (person_key)
)

select
    tracked.person_key,
    tracked.family_key,
    tracked.village_code,
    tracked.proposed_on,
    tracked.first_period,
    date_diff('month', (tracked.first_period || '-01')::date, $period_end::date) as months_waiting,
    case
        when programmes.person_key is not null and registered.person_key is not null then 'served'
        when registered.person_key is not null then 'registered'
        when refusals.refused_because is not null then 'refused'
        when tracked.outcome = 'LAYAK' then 'accepted'
        else 'waiting'
    end as state,
    case when registered.person_key is null then refusals.refused_because end as refused_because,
    coalesce(programmes.programmes, []) as programmes
from tracked
left join registered using (person_key)
left join programmes using (person_key)
left join refusals using (person_key)
