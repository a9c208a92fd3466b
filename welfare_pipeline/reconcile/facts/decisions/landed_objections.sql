-- One row per objection that came in by the period's last day, of this delivery and of earlier ones, and whether it was
-- decided by then. The same one landed again is the later row's.
with told as (
    select
        $period as period,
        objections.row_id,
        objections.programme,
        objections.reason,
        objections.received_on,
        objections.outcome,
        objections.decided_on,
        link.person_id,
        link.registered_id,
        landed.usable_card as card,
        landed.nik is null and landed.name is null as names_family_only
    from objections
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    where objections.received_on <= $period_end
    union all
    select
        earlier.period,
        earlier.row_id,
        earlier.programme,
        earlier.reason,
        earlier.dated,
        earlier.said,
        earlier.settled_on,
        earlier.person_id,
        null,
        (
            select min(earlier_cards.card)
            from earlier_cards
            where earlier_cards.period = earlier.period and earlier_cards.row_id = earlier.row_id
        ),
        earlier.names_family_only
    from earlier_facts as earlier
    where earlier.list = 'objections'
)

select
    period,
    row_id,
    programme,
    reason,
    received_on,
    person_id,
    registered_id,
    card,
    names_family_only,
    bool_or(outcome is not null and coalesce(decided_on <= $period_end, true)) over same as is_decided
from told
window same as (partition by if(names_family_only, card, person_id::varchar), programme, reason, received_on)
qualify row_number() over (same order by period desc, row_id) = 1
