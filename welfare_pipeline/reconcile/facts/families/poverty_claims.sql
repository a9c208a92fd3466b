-- One row per landed row that is evidence of poverty, of whomever no newer judgement denies; whether the registry has
-- that person, or that card, as active.
-- A judgement LAYAK for one programme stands beside an earlier one that denies all. One that denies a family holds whether
-- the row names the family's card or an older one: the registry has the card of whom it is about.
with proposed as (
    select
        'PROPOSED' as evidence, period, row_id, is_own, source_file, source_row, nik, nik_status, name, family_card_number,
        village_code, birth_date, outcome, person_id, family_key, match_band, registered_id, card, has_lapsed, names_family_only
    from known_proposals
    qualify row_number() over (partition by person_id order by place desc) = 1
),

judged_eligible as (
    select
        'JUDGED_ELIGIBLE' as evidence, decisions.period, decisions.row_id, decisions.is_own, decisions.source_file,
        decisions.source_row, decisions.nik, decisions.nik_status, decisions.name, decisions.family_card_number,
        decisions.village_code, decisions.birth_date, decisions.outcome, decisions.person_id, decisions.family_key,
        decisions.match_band, coalesce(link.registered_id, earlier.registered_id) as registered_id,
        coalesce(decisions.registry_card, decisions.own_card, earlier.card) as card, decisions.judged,
        decisions.has_lapsed, decisions.names_family_only
    from decisions
    -- within the equation: DuckDB compares every pair for a condition that stands beside it in an outer join
    left join people as link on link.row_id = case when decisions.is_own then decisions.row_id end
    left join earlier_evidence as earlier
        on earlier.period = decisions.period and earlier.row_id = case when not decisions.is_own then decisions.row_id end
    qualify row_number() over (
        partition by
            if(decisions.names_family_only, coalesce(decisions.own_card, decisions.family_key), decisions.person_id::varchar),
            decisions.programme
        order by decisions.judged desc
    ) = 1
),

-- Recipients whose family, or who themselves, are denied by the latest judgement for all programmes or for theirs.
denied_recipients as (
    select row_id
    from (
        select recipients.row_id, decisions.outcome, decisions.has_lapsed
        from recipients
        join decision_cards on decision_cards.card = recipients.own_card
        join decisions on decisions.decision_id = decision_cards.decision_id
        where not decisions.concerns_presence and (decisions.programme is null or decisions.programme = recipients.programme)
        qualify row_number() over (
            partition by recipients.row_id order by decisions.judged desc
        ) = 1
    )
    where outcome <> 'LAYAK' and not has_lapsed
    union
    select row_id from standing_decisions where outcome in ('TIDAK LAYAK', 'SUDAH MAMPU', 'MM')
),

recipient_families as (
    select
        'RECIPIENT_FAMILY' as evidence, $period as period, recipients.row_id, true as is_own, recipients.source_file, recipients.source_row, recipients.nik,
        recipients.nik_status, landed.name, landed.family_card_number, recipients.village_code,
        recipients.birth_date, 'LAYAK' as outcome, recipients.person_id, link.family_key, recipients.match_band,
        link.registered_id, recipients.own_card as card, recipients.nik is null and landed.name is null as names_family_only
    from recipients
    join active_cards on active_cards.card = recipients.own_card
    join people as link on link.row_id = recipients.row_id
    join recipient_rows as landed on landed.row_id = recipients.row_id
    anti join denied_recipients on denied_recipients.row_id = recipients.row_id
    anti join registry_people on registry_people.person_id = recipients.person_id
    where not recipients.linked
),

complained as (
    select
        'COMPLAINT' as evidence, period, row_id, is_own, source_file, source_row, nik, nik_status, name, family_card_number,
        village_code, birth_date, null as outcome, person_id, family_key, match_band, registered_id, card, names_family_only
    from open_complaints
    where kind = 'EXCLUDED' and can_be_found
),

evidence as (
    select * from proposed where not has_lapsed and outcome is distinct from 'TIDAK LAYAK' and outcome is distinct from 'DITARIK'
    union all by name
    select * from judged_eligible where outcome = 'LAYAK' and not has_lapsed
    union all by name
    select * from recipient_families
    union all by name
    select * from complained
),

-- A fact that no judgement states, and that none overtakes, has no place among the judgements.
denied_people as (
    select person_id, case when count(judged) = count(*) then max(judged) end as judged from ineligible_people group by person_id
)

select
    evidence.evidence,
    evidence.period,
    evidence.row_id,
    row_number() over (order by evidence.period desc, evidence.row_id, evidence.evidence) as place,
    evidence.source_file,
    evidence.source_row,
    evidence.nik,
    evidence.nik_status,
    evidence.name,
    evidence.birth_date,
    evidence.family_card_number,
    evidence.village_code,
    evidence.person_id,
    evidence.family_key,
    evidence.match_band,
    coalesce(registered.card, evidence.card) as card,
    evidence.names_family_only,
    case when evidence.is_own then link.candidate_id end as candidate_id,
    registered.presence,
    coalesce(registered.active, false) or active_people.person_id is not null as is_active,
    active_cards.card is not null as has_active_card
from evidence
left join people as link on link.row_id = case when evidence.is_own then evidence.row_id end
left join registry_people as registered on registered.row_id = evidence.registered_id
left join active_people on active_people.person_id = evidence.person_id
left join denied_people on denied_people.person_id = evidence.person_id
left join ineligible_cards on ineligible_cards.card = evidence.card
left join ineligible_cards as ineligible_families on ineligible_families.card = registered.card
left join active_cards on active_cards.card = evidence.card
-- not in the joins: DuckDB compares every pair for a condition that stands beside an equation in an outer join
where
    coalesce(evidence.judged > denied_people.judged, denied_people.person_id is null)
    and coalesce(evidence.judged > ineligible_cards.judged, ineligible_cards.card is null)
    and coalesce(evidence.judged > ineligible_families.judged, ineligible_families.card is null)
