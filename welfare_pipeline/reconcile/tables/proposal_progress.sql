-- One row per person proposed in this or an earlier month, and what became of the proposal.
with tracked as (
    select
        person_key,
        min(person_id) as person_id,
        max_by(family_key, place) as family_key,
        max_by(village_code, place) as village_code,
        min(proposed_on) as proposed_on,
        min(first_period) as first_period,
        max_by(outcome, place) as outcome,
        max_by(has_lapsed, place) as has_lapsed,
        max_by(card, place) as card
    from known_proposals
    group by person_key
),

registered as (
    select distinct tracked.person_key
    from registry_people
    join people using (row_id)
    join tracked on tracked.person_key = people.person_key
    where registry_people.active
),

judged as (
    select person_key, outcome, has_lapsed
    from decisions
    where not names_family_only
    qualify row_number() over (partition by person_key order by judged desc) = 1
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
            when judged.outcome not in ('LAYAK', 'DD') and not judged.has_lapsed then judged.outcome
            when tracked.outcome not in ('LAYAK', 'DIUSULKAN', 'DITARIK') then tracked.outcome
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
        when tracked.outcome = 'DITARIK' then 'withdrawn'
        when tracked.has_lapsed then 'lapsed'
        when tracked.outcome = 'LAYAK' then 'accepted'
        else 'waiting'
    end as state,
    case when registered.person_key is null then refusals.refused_because end as refused_because,
    coalesce(programmes.programmes, []) as programmes
from tracked
left join registered using (person_key)
left join programmes using (person_key)
left join refusals using (person_key)
