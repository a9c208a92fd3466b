-- One row per payment, and one per recipient row entitled to the programme that no payment reached.
with paying_programmes as (
    select distinct programme, stage_number from payments
),

paid as (
    select
        payments.programme,
        'disbursements' as source,
        payments.source_file,
        payments.source_row,
        people.person_key,
        people.family_key,
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
    join people using (row_id)
    left join outcomes on outcomes.row_id = payments.recipient_id
),

reached as (
    select recipient_id as row_id from payments where recipient_id is not null
),

missed as (
    select recipients.row_id, outcomes.outcome
    from recipients
    join outcomes using (row_id)
    semi join paying_programmes
        on paying_programmes.programme = recipients.programme
        and (paying_programmes.stage_number in (recipients.stage, '') or recipients.stage = '')
    anti join reached on reached.row_id = recipients.row_id
    where outcomes.outcome <> 'off_target'
),

unpaid as (
    select
        landed.programme,
        landed.programme as source,
        landed.source_file,
        landed.source_row,
        people.person_key,
        people.family_key,
        recipients.village_code,
        landed.stage,
        null as amount,
        null as status,
        'entitled_not_paid' as finding,
        null::date as paid_on,
        null::date as transacted_on,
        'nobody' as confirmed_by,
        null::boolean as card_held_by_other,
        null as card_holder,
        null as facilitator_id,
        missed.outcome,
        landed.nik,
        landed.name,
        landed.family_card_number,
        landed.address
    from missed
    join recipients using (row_id)
    join people using (row_id)
    join recipient_rows as landed using (row_id)
)

select * from paid
union all by name
select * from unpaid
