-- One row per household of the poverty tables: the rupiah a month it would be paid: Sembako's amount, and PKH's where a
-- member meets a component.
with households as (
    select 'unregistered' as kind_of_household, household_key, village_code from unregistered_poor_households
    union all
    select 'misranked', household_key, village_code from misranked_poor_households
    union all
    select 'unserved', family_key, village_code from unserved_registered_households
),

sums as (
    select payee as household_key, yearly from component_sums where payee_kind = 'household'
),

sembako as (
    select coalesce(max(monthly_amount), 0) as monthly_amount from programme_rules where programme = 'sembako'
)

select
    households.kind_of_household,
    households.household_key,
    households.village_code,
    sembako.monthly_amount + coalesce(round(sums.yearly / 12)::bigint, 0) as monthly_amount
from households
cross join sembako
left join sums using (household_key)
