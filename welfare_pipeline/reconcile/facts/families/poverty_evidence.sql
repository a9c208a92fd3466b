-- One row per landed row that is evidence of poverty for somebody who is not active in the registry.
-- A judgement LAYAK for one programme stands beside an earlier one that denies all.
with proposed as (
    select
        'PROPOSED' as evidence, landed.row_id, landed.source_file, landed.source_row, landed.nik,
        landed.nik_status, landed.name, landed.family_card_number, landed.village_code,
        landed.birth_date, proposals.outcome, link.person_id, link.family_key, link.match_band,
        landed.usable_card as card
    from proposals
    join person_rows as landed using (row_id)
    join links as link using (row_id)
    where proposals.proposed_on is null or proposals.proposed_on <= $period_end
    qualify row_number() over (
        partition by link.person_id order by proposals.proposed_on desc nulls last, proposals.row_id desc
    ) = 1
),

judged_eligible as (
    select
        'JUDGED_ELIGIBLE' as evidence, row_id, source_file, source_row, nik,
        nik_status, name, family_card_number, village_code,
        birth_date, outcome, person_id, family_key, match_band,
        coalesce(registry_card, own_card) as card, judged
    from decisions
    qualify row_number() over (
        partition by
            case when names_family_only then own_card else person_id::varchar end, programme
        order by decided_on desc nulls last, row_id desc
    ) = 1
),

-- Recipients whose family, or who themselves, are denied by the latest judgement for all programmes or for theirs.
denied_recipients as (
    select row_id
    from (
        select recipients.row_id, decisions.outcome
        from recipients
        join decision_cards on decision_cards.card = recipients.own_card
        join decisions on decisions.row_id = decision_cards.row_id
        where not decisions.concerns_presence and (decisions.programme is null or decisions.programme = recipients.programme)
        qualify row_number() over (
            partition by recipients.row_id order by decisions.decided_on desc nulls last, decisions.row_id desc
        ) = 1
    )
    where outcome <> 'LAYAK'
    union
    select row_id from standing_decisions where outcome in ('TIDAK LAYAK', 'SUDAH MAMPU', 'MM')
),

recipient_families as (
    select
        'RECIPIENT_FAMILY' as evidence, recipients.row_id, recipients.source_file, recipients.source_row, recipients.nik,
        recipients.nik_status, landed.name, landed.family_card_number, recipients.village_code,
        recipients.birth_date, 'LAYAK' as outcome, recipients.person_id, link.family_key, recipients.match_band,
        recipients.own_card as card
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
        'COMPLAINT' as evidence, landed.row_id, landed.source_file, landed.source_row, landed.nik,
        landed.nik_status, landed.name, landed.family_card_number, landed.village_code,
        landed.birth_date, null as outcome, link.person_id, link.family_key, link.match_band,
        landed.usable_card as card
    from complaints
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    where
        complaints.kind = 'EXCLUDED'
        and (landed.name is not null or landed.nik_status = 'valid' or landed.card_status = 'valid')
        and (complaints.received_on is null or complaints.received_on <= $period_end)
),

evidence as (
    select * from proposed where outcome is distinct from 'TIDAK LAYAK'
    union all by name
    select * from judged_eligible where outcome = 'LAYAK'
    union all by name
    select * from recipient_families
    union all by name
    select * from complained
)

select
    evidence.evidence,
    evidence.row_id,
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
    evidence.name is null and evidence.nik is null as names_family_only
from evidence
left join people as link using (row_id)
left join registry_people as registered on registered.row_id = link.registered_id
left join active_people on active_people.person_id = link.settled_person_id
left join ineligible_people
    on ineligible_people.person_id = evidence.person_id
    and not coalesce(evidence.judged > ineligible_people.judged, false)
left join ineligible_cards
    on ineligible_cards.card = evidence.card
    and not coalesce(evidence.judged > ineligible_cards.judged, false)
left join active_cards on active_cards.card = evidence.card
where
    not coalesce(registered.active, false)
    and active_people.person_id is null
    and coalesce(registered.presence not in ('MD', 'PD'), true)
    and ineligible_people.person_id is null
    and ineligible_cards.card is null
    and not (names_family_only and active_cards.card is not null)
