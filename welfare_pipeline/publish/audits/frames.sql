-- One row per unit that can be drawn. Inclusion: accepted recipient rows, by programme and outcome. Exclusion: registered
-- families within the limits, reached by some programme or by none, and the households of the unregistered and misranked tables.
with active as (
    select people.row_id, people.name, people.nik, people.family_card_number, people.address, people.village_code,
        people.decile_lowest, links.family_key, people.relationship
    from person_rows as people
    join links using (row_id)
    left join registry_statuses as statuses on statuses.row_id = people.row_id
    where people.list = 'registry' and coalesce(statuses.presence, people.presence, 'AKTIF') not in ('MD', 'PD', 'TT')
),

heads as (
    select *, min(decile_lowest) over (partition by family_key) as decile
    from active
    qualify row_number() over (partition by family_key order by relationship = '1' desc nulls last, row_id) = 1
),

reached as (
    select family_key, list_sort(list(distinct programme)) as programmes
    from recipient_outcomes
    where family_key is not null
    group by family_key
),

widest as (
    select max(greatest(decile_limit, verify_limit)) as decile_limit from programme_rules
),

within_limits as (
    select
        if(unserved.family_key is null, 'served', 'unserved') as stratum,
        heads.family_key as household_key, heads.name, heads.nik, heads.family_card_number, heads.address, heads.village_code
    from heads
    cross join widest
    left join unserved_registered_households as unserved on unserved.family_key = heads.family_key
    where unserved.family_key is not null
        or (heads.family_key in (select family_key from reached) and coalesce(heads.decile <= widest.decile_limit, true))
),

households as (
    select * from within_limits
    union all by name
    select 'unregistered' as stratum, household_key, member_names[1] as name, member_niks[1] as nik, family_card_number, village_code
    from unregistered_poor_households
    where household_key not in (select household_key from within_limits)
    union all by name
    select 'misranked' as stratum, household_key, member_names[1] as name, member_niks[1] as nik, family_card_number, village_code
    from misranked_poor_households
    where household_key not in (select household_key from within_limits)
),

units as (
    select
        'inclusion' as frame,
        format('{} {}', programme, outcome) as stratum,
        programme,
        outcome,
        source_file,
        source_row,
        null as household_key,
        null::varchar[] as programmes_received,
        village_code,
        name,
        nik,
        family_card_number,
        address
    from recipient_outcomes
    union all by name
    select
        'exclusion' as frame,
        households.* exclude (village_code, name, nik, family_card_number, address),
        coalesce(reached.programmes, []) as programmes_received,
        households.village_code,
        households.name,
        households.nik,
        households.family_card_number,
        households.address
    from households
    left join reached on reached.family_key = households.household_key
    qualify row_number() over (partition by households.household_key order by households.stratum) = 1
)

select
    units.*,
    villages.village_name,
    villages.subdistrict_name,
    coalesce(labels.label_id, units.programme) as programme_label,
    md5(concat_ws('|', $seed, frame, stratum, household_key, source_file, source_row)) as lot
from units
left join village_summary as villages on villages.village_code = units.village_code
left join programme_rules as labels on labels.programme = units.programme
order by frame, stratum, lot, household_key, source_file, source_row
