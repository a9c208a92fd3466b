-- How much money does each programme pay, by outcome? One row per district, programme and outcome: recipient rows, and rupiah a month.
-- Rows whose amount nobody knows are in no sum: `rows_without_amount` counts them.
select
    outcomes.period,
    districts.district_name,
    outcomes.programme,
    outcomes.outcome,
    count(*) as rows,
    sum(outcomes.monthly_amount) as amount,
    count(*) filter (where outcomes.monthly_amount is null) as rows_without_amount
from recipient_outcomes as outcomes
left join districts on outcomes.district_code = districts.district_code
where outcomes.period = (select max(period) from district_summary)
group by all
order by all
