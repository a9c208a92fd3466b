-- One row per recipient row and reason (empty: every one) that an open objection is about: of the person's own rows, and of
-- the family's rows in family programmes; an objection that names a card only is about every row on it.
with objection_cards as (
    select objections.row_id as objection_id, objections.names_family_only, objections.programme, objections.reason,
        objections.received_on, unnest([objections.card, registered.usable_card]) as card
    from open_objections as objections
    left join person_rows as registered on registered.row_id = objections.registered_id
),

concerned as (
    select recipients.row_id, objections.programme, objections.reason, objections.received_on
    from open_objections as objections
    join recipients using (person_id)
    where not objections.names_family_only
    union all
    select recipients.row_id, objections.programme, objections.reason, objections.received_on
    from objection_cards as objections
    join recipient_cards using (card)
    join recipients on recipients.row_id = recipient_cards.row_id
    where not recipient_cards.doubtful and (objections.names_family_only or recipients.unit = 'family')
)

select concerned.row_id, concerned.reason, max(concerned.received_on) as received_on
from concerned
join recipients using (row_id)
where concerned.programme is null or concerned.programme = recipients.programme
group by concerned.row_id, concerned.reason
