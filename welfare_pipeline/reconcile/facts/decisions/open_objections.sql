-- One row per objection that is open: not decided by the period's last day, not too old, and nothing was decided since about
-- the person (or a card of theirs) and programme. One about every programme is open for those not in `judged_programmes`.
with undecided as (
    select *
    from landed_objections
    where not is_decided and months_after(received_on, $objection_months::integer) >= $period_end
),

judged_since as (
    select undecided.period, undecided.row_id, decisions.programme
    from undecided
    join decisions on decisions.person_id = undecided.person_id
    where not undecided.names_family_only and decisions.dated_on > undecided.received_on
    union all
    select undecided.period, undecided.row_id, decisions.programme
    from undecided
    join objection_cards on objection_cards.period = undecided.period and objection_cards.row_id = undecided.row_id
    join decision_cards on decision_cards.card = objection_cards.card
    join decisions on decisions.decision_id = decision_cards.decision_id
    where (undecided.names_family_only or decisions.names_family_only) and decisions.dated_on > undecided.received_on
),

judged as (
    select period, row_id, bool_or(programme is null) as in_all, list(distinct programme) as programmes
    from judged_since
    group by period, row_id
)

select
    undecided.period,
    undecided.row_id,
    undecided.programme,
    undecided.reason,
    undecided.received_on,
    undecided.person_id,
    undecided.names_family_only,
    coalesce(judged.programmes, []) as judged_programmes
from undecided
left join judged using (period, row_id)
where not coalesce(judged.in_all, false) and not list_contains(judged_programmes, coalesce(undecided.programme, ''))
