-- How much money goes to whom? One row per district, programme and outcome of the recipient row that was paid for.
-- Rupiah of the payments of the month; an empty outcome: paid to somebody on no list of the programme.
select
    payments.period,
    districts.district_name,
    payments.programme,
    payments.outcome,
    count(*) as payments,
    sum(payments.amount) as amount,
    sum(payments.amount) filter (where payments.transacted_on is not null) as amount_used
from disbursement_reconciliation as payments
left join districts on payments.district_code = districts.district_code
where payments.period = (select max(period) from district_summary) and payments.status is not null
group by all
order by all
