-- One row per recipient row that is off target or has to be verified, with evidence and what to do.
with evidence as (
    select
        recipients.programme,
        recipients.source_file,
        recipients.source_row,
        string_agg(
            format('{}: {}', recipient_reasons.reason, recipient_reasons.evidence), '; ' order by reason_rules.precedence
        ) as evidence
    from recipient_reasons
    join recipients using (row_id)
    join reason_rules using (reason)
    group by recipients.programme, recipients.source_file, recipients.source_row
)

select
    outcomes.programme,
    outcomes.source,
    outcomes.source_file,
    outcomes.source_row,
    outcomes.person_key,
    outcomes.family_key,
    outcomes.village_code,
    outcomes.outcome,
    outcomes.primary_reason,
    outcomes.reasons,
    outcomes.match_method,
    outcomes.match_band,
    outcomes.match_probability,
    case when outcomes.outcome = 'off_target' then 'certain' else 'to_verify' end as certainty,
    evidence.evidence,
    reason_rules.legal_basis || '; ' || programme_rules.legal_basis as legal_basis,
    reason_rules.recommended_action,
    outcomes.nik,
    outcomes.name,
    outcomes.family_card_number,
    outcomes.address
from recipient_outcomes as outcomes
join evidence using (programme, source_file, source_row)
join reason_rules on reason_rules.reason = outcomes.primary_reason
join programme_rules using (programme)
