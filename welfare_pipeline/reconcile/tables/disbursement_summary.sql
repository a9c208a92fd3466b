-- One row per programme, stage, village and facilitator of the payments and of the entitled rows without one.
select
    programme,
    stage,
    village_code,
    facilitator_id,
    count(*) filter (finding <> 'entitled_not_paid') as payments,
    coalesce(sum(amount), 0) as amount,
    coalesce(sum(amount) filter (transacted_on is not null), 0) as amount_transacted,
    count(*) filter (finding = 'paid_and_transacted') as paid_and_transacted,
    count(*) filter (finding = 'paid_not_transacted') as paid_not_transacted,
    count(*) filter (finding = 'failed') as failed,
    count(*) filter (finding = 'paid_not_entitled') as paid_not_entitled,
    count(*) filter (finding = 'paid_not_listed') as paid_not_listed,
    count(*) filter (finding = 'entitled_not_paid') as entitled_not_paid,
    count(*) filter (confirmed_by = 'family in person') as confirmed_in_person,
    count(*) filter (card_held_by_other) as cards_held_by_others
from disbursement_reconciliation
group by programme, stage, village_code, facilitator_id
