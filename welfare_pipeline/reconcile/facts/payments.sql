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
left join recipients
    on recipients.programme = paid.programme
    and recipients.person_id = paid.person_id
    and (recipients.stage = paid.stage_number or recipients.stage = '' or paid.stage_number = '')
qualify row_number() over (partition by paid.row_id order by recipients.row_id) = 1
