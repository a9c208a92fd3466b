-- One row per person or family, programme and change since the month before; nothing when no month before is known.
with present as (
    select person_key, family_key, programme, village_code, outcome as status, nik from recipient_outcomes
    union all
    select person_key, family_key, 'registry', village_code, if(active, 'active', presence), nik from registry_people
),

past as (
    select person_key, family_key, programme, village_code, outcome as status, nik from previous_recipient_outcomes
    union all
    select
        links.person_key, links.family_key, 'registry', registry.village_code,
        if(
            registry.status in ('MD', 'PD', 'TT')
            and (registry.status_date is null or registry.status_date <= $previous_period_end),
            registry.status,
            'active'
        ),
        registry.nik
    from previous_registry as registry
    join previous_links as links using (row_id)
),

people_now as (
    select
        person_key as subject_key, programme, count(*) as row_count, min(status) as first_status,
        max(status) as last_status, min(nik) as first_nik, max(nik) as last_nik, min(village_code) as village_code
    from present
    group by person_key, programme
),

people_then as (
    select
        person_key as subject_key, programme, count(*) as row_count, min(status) as first_status,
        max(status) as last_status, min(nik) as first_nik, max(nik) as last_nik, min(village_code) as village_code
    from past
    group by person_key, programme
),

families_now as (
    select
        family_key as subject_key, programme, count(*) as row_count, min(status) as first_status,
        max(status) as last_status, min(village_code) as village_code
    from present
    group by family_key, programme
),

families_then as (
    select
        family_key as subject_key, programme, count(*) as row_count, min(status) as first_status,
        max(status) as last_status, min(village_code) as village_code
    from past
    group by family_key, programme
),

compared as (
    select
        'person' as subject, subject_key, programme,
        coalesce(people_then.row_count, 0) as rows_before, coalesce(people_now.row_count, 0) as rows_after,
        people_then.first_status as first_before, people_then.last_status as last_before,
        people_now.first_status as first_after, people_now.last_status as last_after,
        people_then.first_nik <> people_now.first_nik or people_then.last_nik <> people_now.last_nik as renumbered,
        coalesce(people_now.village_code, people_then.village_code) as village_code
    from people_now
    full join people_then using (subject_key, programme)
    union all by name
    select
        'family' as subject, subject_key, programme,
        coalesce(families_then.row_count, 0) as rows_before, coalesce(families_now.row_count, 0) as rows_after,
        families_then.first_status as first_before, families_then.last_status as last_before,
        families_now.first_status as first_after, families_now.last_status as last_after,
        false as renumbered,
        coalesce(families_now.village_code, families_then.village_code) as village_code
    from families_now
    full join families_then using (subject_key, programme)
),

changed as (
    select
        *,
        first_before is distinct from first_after or last_before is distinct from last_after as changed_status
    from compared
    where
        rows_before <> rows_after
        or first_before is distinct from first_after
        or last_before is distinct from last_after
        or renumbered
),

stayed as (
    select distinct person_key as subject_key
    from previous_recipient_outcomes
    semi join recipient_outcomes using (person_key, programme)
    union all
    select distinct family_key
    from previous_recipient_outcomes
    semi join recipient_outcomes using (family_key, programme)
),

movers as (
    select subject, subject_key
    from changed
    anti join stayed using (subject_key)
    where programme <> 'registry'
    group by subject, subject_key
    having bool_or(rows_before = 0) and bool_or(rows_after = 0)
),

told as (
    select
        changed.* exclude (rows_before, rows_after), rows_before, rows_after,
        case
            when rows_before > 0 and rows_after > 0 and changed_status then 'outcome_changed'
            when rows_before > 0 and rows_after > 0 then 'rows_changed'
            when programme <> 'registry' and movers.subject_key is not null then 'moved_programme'
            when rows_before = 0 then 'entered'
            else 'left'
        end as change
    from changed
    left join movers using (subject, subject_key)
    where rows_before <> rows_after or changed_status
    union all by name
    select * replace (0 as rows_before, 0 as rows_after), 'number_corrected' as change
    from changed
    where renumbered and rows_before > 0 and rows_after > 0
)

select
    subject,
    subject_key,
    programme,
    change,
    if(first_before = last_before, first_before, first_before || ', ' || last_before) as before,
    if(first_after = last_after, first_after, first_after || ', ' || last_after) as after,
    rows_before,
    rows_after,
    village_code
from told
where exists (select 1 from previous_recipient_outcomes)
