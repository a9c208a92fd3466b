-- One row per payment of the disbursement list: whose it is, and the recipient row of its programme (and stage) it pays.
with paid as (
    select
        payment.*,
        coalesce(
            nullif(ltrim(regexp_replace(payment.stage, '[^0-9]', '', 'g'), '0'), ''), upper(payment.stage), ''
        ) as stage_number,
        link.person_id,
        link.person_key,
        link.family_key,
        link.match_band
    from disbursements as payment
    join people as link using (row_id)
),

-- Apart from the left join below: with an `or` in it DuckDB would compare every payment with every recipient.
settled as (
    select paid.row_id, min(recipients.row_id) as recipient_id
    from paid
    join recipients on recipients.programme = paid.programme and recipients.person_id = paid.person_id
    where recipients.stage = paid.stage_number or recipients.stage = '' or paid.stage_number = ''
    group by paid.row_id
)

select
    paid.row_id,
    paid.source_file,
    paid.source_row,
    paid.programme,
    paid.stage,
    paid.stage_number,
    paid.amount,
    paid.status,
    coalesce(paid.paid_on, recipients.paid_on) as paid_on,
    case when paid.transacted_on <= $period_end then paid.transacted_on end as transacted_on,
    paid.received_confirmed,
    paid.card_holder,
    paid.facilitator_id,
    paid.person_id,
    paid.person_key,
    paid.family_key,
    paid.match_band,
    coalesce(paid.village_code, recipients.village_code) as village_code,
    recipients.row_id as recipient_id
from paid
left join settled using (row_id)
left join recipients on recipients.row_id = settled.recipient_id
