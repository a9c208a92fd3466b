-- One row per PKH recipient row, or household, that meets a component which is paid for: rupiah a year. A member counts once,
-- for what pays most; each component for as many members, and the family for as many, as the policy says.
with members as (
    select met_components.*, component_amounts.* exclude (component)
    from met_components
    join component_amounts using (component)
    qualify row_number() over (partition by payee_kind, payee, member_id order by yearly desc, place) = 1
),

counted as (
    select *
    from members
    qualify row_number() over (partition by payee_kind, payee, component order by member_id) <= at_most
),

paid as (
    select *
    from counted
    qualify row_number() over (partition by payee_kind, payee order by yearly desc, place, member_id) <= family_at_most
)

select payee_kind, payee, sum(yearly) as yearly from paid group by payee_kind, payee
