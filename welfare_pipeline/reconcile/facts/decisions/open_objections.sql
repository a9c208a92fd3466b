-- One row per objection that is open: not decided by the period's last day, not too old, and nothing was decided since about
-- the person (or a card of theirs) and programme.
with undecided as (
    select *
    from landed_objections
    where not is_decided and months_after(received_on, $objection_months::integer) >= $period_end
),

judged_people as (
    select undecided.period, undecided.row_id
    from undecided
    join decisions on decisions.person_id = undecided.person_id
    where
        not undecided.names_family_only
        and decisions.dated_on > undecided.received_on
        and (decisions.programme is null or undecided.programme is null or decisions.programme = undecided.programme)
),

judged_cards as (
    select undecided.period, undecided.row_id
    from undecided
    join objection_cards on objection_cards.period = undecided.period and objection_cards.row_id = undecided.row_id
    join decision_cards on decision_cards.card = objection_cards.card
    join decisions on decisions.decision_id = decision_cards.decision_id
    where
        (undecided.names_family_only or decisions.names_family_only)
        and decisions.dated_on > undecided.received_on
        and (decisions.programme is null or undecided.programme is null or decisions.programme = undecided.programme)
)

select undecided.period, undecided.row_id, undecided.programme, undecided.reason, undecided.received_on,
    undecided.person_id, undecided.names_family_only
from undecided
anti join (from judged_people union from judged_cards) as judged
    on judged.period = undecided.period and judged.row_id = undecided.row_id
