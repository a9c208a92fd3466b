-- One row per accepted recipient row: rupiah a month. The policy's amount of the programme; of PKH, for the components that
-- the family meets; else the list's own over the months of its stage.
with sums as (
    select payee::bigint as row_id, yearly from component_sums where payee_kind = 'row'
),

known as (
    select
        landed.row_id,
        rule.monthly_amount as by_policy,
        round(sums.yearly / 12)::bigint as by_components,
        round(landed.amount / coalesce(stage_months.months, rule.stage_months, 1))::bigint as by_list
    from recipient_rows as landed
    join programme_rules as rule using (programme)
    left join sums using (row_id)
    left join stage_months using (stage)
)

select
    row_id,
    coalesce(by_policy, by_components, by_list) as monthly_amount,
    case
        when by_policy is not null then 'policy'
        when by_components is not null then 'components'
        when by_list is not null then 'list'
    end as amount_basis
from known
