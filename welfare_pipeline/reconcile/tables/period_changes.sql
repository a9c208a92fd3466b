-- One row per person or family, programme and change since the month before; nothing when no month before is known.
with statuses as (
    select
        'after' as month, person_key, family_key, programme, village_code, outcome as status, nik,
        source_file, source_row
    from recipient_outcomes
    union all
    select
        'before', person_key, family_key, programme, village_code, outcome, nik, source_file, source_row
    from previous_recipient_outcomes
    union all
    select
        'after', person_key, family_key, 'registry', village_code, if(active, 'active', presence), nik,
        source_file, source_row
    from registry_people
    union all
    select
        'before', links.person_key, links.family_key, 'registry', registry.village_code,
        if(
            registry.status in ('MD', 'PD', 'TT')
            and (registry.status_date is null or registry.status_date <= $previous_period_end),
            registry.status,
            'active'
        ),
        registry.nik, registry.source_file, registry.source_row
    from previous_registry as registry
    join previous_links as links using (row_id)
),

subjects as (
    select
        'person' as subject, person_key as subject_key, month, programme, village_code, status, nik, source_file, source_row
    from statuses
    union all
    select 'family', family_key, month, programme, village_code, status, null, source_file, source_row
    from statuses
),

compared as (
    select
        subject,
        subject_key,
        programme,
        count(*) filter (month = 'before') as rows_before,
        count(*) filter (month = 'after') as rows_after,
        string_agg(distinct status, ', ' order by status) filter (month = 'before') as before,
        string_agg(distinct status, ', ' order by status) filter (month = 'after') as after,
        list_sort(list(distinct nik) filter (month = 'before' and nik is not null)) as niks_before,
        list_sort(list(distinct nik) filter (month = 'after' and nik is not null)) as niks_after,
        arg_max(village_code, (month = 'after', source_file, source_row)) filter (village_code is not null)
            as village_code
    from subjects
    group by subject, subject_key, programme
),

programmes_moved as (
    select subject, subject_key
    from compared
    where programme <> 'registry'
    group by subject, subject_key
    having bool_or(rows_before = 0) and bool_or(rows_after = 0) and not bool_or(rows_before > 0 and rows_after > 0)
),

changes as (
    select
        compared.*,
        case
            when rows_before > 0 and rows_after > 0 and before <> after then 'outcome_changed'
            when rows_before > 0 and rows_after > 0 then 'rows_changed'
            when programme <> 'registry' and programmes_moved.subject_key is not null then 'moved_programme'
            when rows_before = 0 then 'entered'
            else 'left'
        end as change
    from compared
    left join programmes_moved using (subject, subject_key)
    where rows_before <> rows_after or before is distinct from after
    union all
    select *, 'number_corrected'
    from (select * replace (0 as rows_before, 0 as rows_after) from compared where rows_before > 0 and rows_after > 0)
    where niks_before <> niks_after
)

select
    subject,
    subject_key,
    programme,
    change,
    before,
    after,
    rows_before,
    rows_after,
    village_code
from changes
where exists (select 1 from previous_recipient_outcomes)
