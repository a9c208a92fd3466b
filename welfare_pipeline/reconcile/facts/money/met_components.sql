-- One row per PKH recipient row, or household of the poverty tables, and member and component that the member meets.
-- Of an unregistered household the members that its evidence names are counted beside those the registry has.
with households as (
    select household_key as family_key from unregistered_poor_households
    union
    select household_key from misranked_poor_households
    union
    select family_key from unserved_registered_households
),

described as (
    select $period as period, row_id, pregnant, disability, school_level from proposals
    union all
    select period, row_id, pregnant, disability, school_level from earlier_proposals
    union all
    select $period, row_id, pregnant, disability, school_level from recipient_rows
),

registered as (
    select
        people.family_key,
        people.person_id,
        date_sub('year', coalesce(people.birth_date, people.nik_birth_date), $period_end) as age,
        registry.pregnant,
        registry.disability,
        registry.school_level
    from registry_people as people
    semi join households using (family_key)
    join registry using (row_id)
    where people.active
),

named as (
    select
        claims.family_key,
        claims.person_id,
        date_sub('year', claims.birth_date, $period_end) as age,
        described.pregnant,
        described.disability,
        described.school_level
    from claim_members as claims
    semi join unregistered_poor_households as unregistered on unregistered.household_key = claims.family_key
    left join described on described.period = claims.period and described.row_id = claims.row_id
    where not claims.names_family_only
),

found as (
    select
        'household' as payee_kind,
        family_key as payee,
        person_id as member_id,
        age,
        school_level,
        unnest(components_met(age, pregnant, disability, school_level)) as component
    from (from registered union all from named)
    union all
    select 'row', row_id::varchar, member_id, age, school_level, component from pkh_components
)

select distinct payee_kind, payee, member_id, paid_component(component, age, school_level) as component from found
