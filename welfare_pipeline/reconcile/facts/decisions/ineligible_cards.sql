-- One row per family card whose latest judgement for all programmes, of the family or a member, denies eligibility.
with latest as (
    select decision_cards.card, decisions.outcome, decisions.judged, decisions.has_lapsed
    from decisions
    join decision_cards using (decision_id)
    where decisions.programme is null and not decisions.concerns_presence
    qualify row_number() over (partition by decision_cards.card order by decisions.judged desc) = 1
)

select card, judged from latest where outcome <> 'LAYAK' and not has_lapsed
