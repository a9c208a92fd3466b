-- One row per recipient row and reason (empty: every one) that an open objection is about: of the person's own rows, and of
-- the family's rows in family programmes; an objection that names a card only is about every row on it.
with concerned as (
    select recipients.row_id, objections.programme, objections.reason, objections.received_on, objections.judged_programmes
    from open_objections as objections
    join recipients using (person_id)
    where not objections.names_family_only
    union all
    select recipients.row_id, objections.programme, objections.reason, objections.received_on, objections.judged_programmes
    from open_objections as objections
    join objection_cards on objection_cards.period = objections.period and objection_cards.row_id = objections.row_id
    join recipient_cards on recipient_cards.card = objection_cards.card
    join recipients on recipients.row_id = recipient_cards.row_id
    where not recipient_cards.doubtful and (objections.names_family_only or recipients.unit = 'family')
)

select concerned.row_id, concerned.reason, max(concerned.received_on) as received_on
from concerned
join recipients using (row_id)
where
    coalesce(concerned.programme = recipients.programme, true)
    and not list_contains(concerned.judged_programmes, recipients.programme)
group by concerned.row_id, concerned.reason
