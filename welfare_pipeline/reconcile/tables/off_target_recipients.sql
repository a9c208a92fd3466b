-- One row per recipient row that is off target or has to be verified, with evidence and what to do.
with reasoned as (
    select
        recipient_reasons.row_id,
        list({
            'precedence': reason_rules.precedence,
            'words': format('{}: {}', recipient_reasons.reason, recipient_reasons.evidence),
            'items': recipient_reasons.evidence_items
        }).list_sort() as reasons
    from recipient_reasons
    join reason_rules using (reason)
    group by recipient_reasons.row_id
),

found as (
    select
        row_id,
        array_to_string([reason.words for reason in reasons], '; ') as evidence,
        flatten([reason.items for reason in reasons]) as evidence_items
    from reasoned
),

objected as (
    select row_id, max(received_on) as objected_on from objected_rows group by row_id
)

select
    landed.programme,
    landed.programme as source,
    landed.source_file,
    landed.source_row,
    people.person_key,
    people.family_key,
    recipients.village_code,
    outcomes.outcome,
    outcomes.reasons[1] as primary_reason,
    outcomes.reasons,
    people.match_method,
    people.match_band,
    people.match_probability,
    people.guard,
    case when outcomes.outcome = 'off_target' then 'certain' else 'to_verify' end as certainty,
    found.evidence,
    found.evidence_items,
    recipient_amounts.monthly_amount,
    recipient_amounts.amount_basis,
    objected.objected_on,
    reason_rules.legal_basis || '; ' || programme_rules.legal_basis as legal_basis,
    list_filter(found.evidence_items, lambda item: item.kind = 'certain_from')[1].value as certain_from,
    by_path(words.action, path_or_none(words.proposal_path)) as recommended_action,
    path_or_none(words.proposal_path) as proposal_path,
    case when words.proposal_path is not null then $deadline_on end as deadline_on,
    landed.nik,
    landed.name,
    landed.family_card_number,
    landed.address
from found
join outcomes using (row_id)
join recipients using (row_id)
join people using (row_id)
join recipient_amounts using (row_id)
join recipient_rows as landed using (row_id)
join reason_rules on reason_rules.reason = outcomes.reasons[1]
join words on words.list = 'reason' and words.code = outcomes.reasons[1]
join programme_rules on programme_rules.programme = landed.programme
left join objected on objected.row_id = found.row_id
