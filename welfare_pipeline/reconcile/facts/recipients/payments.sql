-- One row per payment of the disbursement list: whose it is, and the recipient row of its programme (and stage) it pays:
-- the person's own, else the one of its member number, else (family programmes) one on the payment's family card.
with paid as (
    select
        payment.row_id,
        payment.programme,
        payment.member_id,
        coalesce(payment.stage, '') as stage_number,
        case when payment.card_status = 'valid' and oversize.card is null then payment.family_card_number end as card,
        link.person_id
    from disbursements as payment
    join people as link using (row_id)
    left join oversize_cards as oversize on oversize.card = payment.family_card_number
),

-- Apart from the left join below: with an `or` in it DuckDB would compare every payment with every recipient.
by_person as (
    select paid.row_id, paid.stage_number, recipients.row_id as recipient_id, recipients.stage
    from paid
    join recipients on recipients.programme = paid.programme and recipients.person_id = paid.person_id
),

by_member_number as (
    select paid.row_id, paid.stage_number, recipients.row_id as recipient_id, recipients.stage
    from paid
    anti join by_person using (row_id)
    join recipients on recipients.programme = paid.programme and recipients.member_id = paid.member_id
),

by_card as (
    select paid.row_id, paid.stage_number, recipients.row_id as recipient_id, recipients.stage
    from paid
    anti join by_person using (row_id)
    anti join by_member_number using (row_id)
    join recipient_cards on recipient_cards.card = paid.card and not recipient_cards.doubtful
    join recipients on recipients.row_id = recipient_cards.row_id and recipients.programme = paid.programme
    where recipients.unit = 'family'
),

settled as (
    select row_id, min(recipient_id) as recipient_id
    from (
        select * from by_person
        union all
        select * from by_member_number
        union all
        select * from by_card
    )
    where stage = stage_number or stage = '' or stage_number = ''
    group by row_id
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
