-- One row per payment of the disbursement list: whose it is, and the recipient row of its programme and stage it pays: the
-- person's own, else the one of its member number, else (family programmes) one on the payment's family card. A row or
-- payment that names no stage may be of any.
with paid as (
    select
        payment.row_id,
        payment.programme,
        payment.member_id,
        landed.stage as stage_number,
        landed.usable_card as card,
        link.person_id
    from disbursements as payment
    join person_rows as landed using (row_id)
    join people as link using (row_id)
),

-- Ways apart, as DuckDB would compare every payment with every recipient for an `or` in one join. A row of another stage
-- is none of them: it hides neither the row of the member number nor one on the card.
ways as (
    select paid.row_id, paid.stage_number, 1 as way, recipients.row_id as recipient_id, recipients.stage
    from paid
    join recipients on recipients.programme = paid.programme and recipients.person_id = paid.person_id
    union all
    select paid.row_id, paid.stage_number, 2, recipients.row_id, recipients.stage
    from paid
    join recipients on recipients.programme = paid.programme and recipients.member_id = paid.member_id
    union all
    select paid.row_id, paid.stage_number, 3, recipients.row_id, recipients.stage
    from paid
    join recipient_cards on recipient_cards.card = paid.card and not recipient_cards.doubtful
    join recipients on recipients.row_id = recipient_cards.row_id and recipients.programme = paid.programme
    where recipients.unit = 'family'
),

settled as (
    select row_id, recipient_id
    from ways
    where stage = stage_number or stage = '' or stage_number = ''
    qualify row_number() over (partition by row_id order by way, stage = stage_number desc, recipient_id) = 1
)

select
    paid.row_id,
    payment.source_file,
    payment.source_row,
    paid.programme,
    payment.stage,
    paid.stage_number,
    payment.amount,
    payment.status,
    coalesce(payment.paid_on, recipients.paid_on) as paid_on,
    case when payment.transacted_on <= $period_end then payment.transacted_on end as transacted_on,
    payment.received_confirmed,
    payment.card_holder,
    payment.facilitator_id,
    paid.person_id,
    coalesce(payment.village_code, recipients.village_code) as village_code,
    recipients.row_id as recipient_id
from paid
join disbursements as payment using (row_id)
left join settled using (row_id)
left join recipients on recipients.row_id = settled.recipient_id
