-- One row per payment, and one per recipient row entitled to the programme that no payment reached.
with outcomes as (
    select recipients.row_id, outcome.outcome
    from recipients
    join recipient_outcomes as outcome using (programme, source_file, source_row)
),

paying_programmes as (
    select distinct programme, stage_number from payments
),

paid as (
    select
        payments.programme,
        'disbursements' as source,
        payments.source_file,
        payments.source_row,
        payments.person_key,
        payments.family_key,
        payments.village_code,
        payments.stage,
        payments.amount,
        payments.status,
        case
            when payments.status <> 'SUKSES SALUR' then 'failed'
            when payments.recipient_id is null then 'paid_not_listed'
            when outcomes.outcome = 'off_target' then 'paid_not_entitled'
            when payments.transacted_on is not null then 'paid_and_transacted'
            else 'paid_not_transacted'
        end as finding,
        payments.paid_on,
        payments.transacted_on,
        case
            when payments.received_confirmed = 'KPM' then 'family in person'
            when payments.received_confirmed in ('KETUA KELOMPOK', 'PERANGKAT DESA') then 'group head or village'
            else 'nobody'
        end as confirmed_by,
        payments.card_holder <> 'KPM' as card_held_by_other,
        payments.card_holder,
        payments.facilitator_id,
        outcomes.outcome,
        disbursements.nik,
        disbursements.name,
        disbursements.family_card_number,
        null as address
    from payments
    join disbursements using (row_id)
    left join outcomes on outcomes.row_id = payments.recipient_id
),

reached as (
    select recipient_id as row_id from payments where recipient_id is not null
),

unpaid as (
    select
        recipients.programme,
        recipients.programme as source,
        recipients.source_file,
        recipients.source_row,
        recipients.person_key,
        recipients.family_key,
        recipients.village_code,
        recipients.stage,
        null as amount,
        null as status,
        'entitled_not_paid' as finding,
        null::date as paid_on,
        null::date as transacted_on,
        'nobody' as confirmed_by,
        null::boolean as card_held_by_other,
        null as card_holder,
        null as facilitator_id,
        outcomes.outcome,
        recipients.nik,
        recipients.name,
        recipients.family_card_number,
        recipients.address
    from recipients
    join outcomes using (row_id)
    semi join paying_programmes
        on paying_programmes.programme = recipients.programme
        and (paying_programmes.stage_number in (recipients.stage, '') or recipients.stage = '')
    anti join reached on reached.row_id = recipients.row_id
    where outcomes.outcome <> 'off_target'
)

select * from paid
union all by name
select * from unpaid
