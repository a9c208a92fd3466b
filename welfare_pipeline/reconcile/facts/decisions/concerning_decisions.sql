-- One row per recipient row and decision that concerns it. `about_presence`: the decision also says whether the person is
-- alive and here. It does so for the person it names, or for everybody on a card that it names alone; never for a relative.
-- The card of a payment that is only likely the recipient's counts for decisions in favour, not for those against.
with about_the_person as (
    select recipients.row_id, decisions.decision_id, true as about_presence
    from recipients
    join decisions using (person_id)
),

shown as (
    select row_id, card, false as likely from recipient_cards where not doubtful
    union all
    select row_id, card, true from likely_payments
),

about_the_family as (
    select recipients.row_id, decisions.decision_id, decisions.names_family_only as about_presence
    from recipients
    join shown on shown.row_id = recipients.row_id
    join decision_cards on decision_cards.card = shown.card
    join decisions on decisions.decision_id = decision_cards.decision_id
    where
        (not shown.likely or decisions.outcome = 'LAYAK')
        and (decisions.names_family_only or (recipients.unit = 'family' and not decisions.concerns_presence))
),

concerning as (
    select row_id, decision_id, bool_or(about_presence) as about_presence
    from (select * from about_the_person union all select * from about_the_family)
    group by row_id, decision_id
)

select
    recipients.row_id,
    recipients.person_id,
    decisions.decision_id,
    concerning.about_presence,
    decisions.outcome,
    decisions.decided_on,
    decisions.judged,
    decisions.has_lapsed,
    decisions.period,
    decisions.source_file,
    decisions.source_row
from concerning
join recipients using (row_id)
join decisions on decisions.decision_id = concerning.decision_id
where decisions.programme is null or decisions.programme = recipients.programme
