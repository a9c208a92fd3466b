-- One row per programme whose payments in the summary are not those of the disbursement list.
with landed as (
    select programme, count(*) as payments, coalesce(sum(amount), 0) as amount from disbursements group by programme
),

summed as (
    select programme, sum(payments) as payments, sum(amount) as amount from {batch} group by programme
)

select
    in_both(
        coalesce(landed.programme, summed.programme) || ': ' || coalesce(landed.payments, 0) || ' payments of Rp'
        || coalesce(landed.amount, 0) || ' landed, ' || coalesce(summed.payments, 0) || ' of Rp'
        || coalesce(summed.amount, 0) || ' counted',
        coalesce(landed.payments, 0) || ' penyaluran Rp' || coalesce(landed.amount, 0) || ' masuk, '
        || coalesce(summed.payments, 0) || ' penyaluran Rp' || coalesce(summed.amount, 0) || ' dihitung'
    ) as example
from landed
full join summed on summed.programme = landed.programme
where
    coalesce(landed.payments, 0) <> coalesce(summed.payments, 0) or coalesce(landed.amount, 0) <> coalesce(summed.amount, 0)
