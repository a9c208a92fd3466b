-- One row per person or family, programme and change since the nearest earlier month; nothing when there is none.
with compared_months as (
    select period from previous_recipient_outcomes limit 1
),

present as (
    select person_key, family_key, programme, village_code, outcome as status, nik from recipient_outcomes
    union all
    select
        people.person_key, people.family_key, 'registry', registry_people.village_code,
        if(registry_people.active, 'active', registry_people.presence), registry_people.nik
    from registry_people
    join people using (row_id)
),

past as (
    select person_key, family_key, programme, village_code, outcome as status, nik from previous_recipient_outcomes
    union all
    select
        links.person_key, links.family_key, 'registry', registry.village_code,
        if(known.presence in ('MD', 'PD', 'TT'), known.presence, 'active'), registry.nik
    from previous_person_rows as registry
    join previous_links as links using (row_id)
    left join previous_registry_statuses as statuses on statuses.row_id = registry.row_id
    cross join lateral (
        select if(statuses.row_id is null, registry.presence, statuses.presence) as presence
    ) as known
    where registry.list = 'registry'
),

rows_of_both as (
    select present.*, 1 as after from present cross join compared_months
    union all
    select past.*, 0 from past cross join compared_months
),

-- Rows that are the same in both months say nothing; only whom the others name is looked at again.
unequal as (
    select person_key, family_key, programme
    from rows_of_both
    group by person_key, family_key, programme, village_code, status, nik
    having sum(after) * 2 <> count(*)
),

touched as (
    select 'person' as subject, person_key as subject_key, programme from unequal
    union
    select 'family', family_key, programme from unequal
),

named as (
    select touched.subject, touched.subject_key, rows_of_both.* exclude (person_key, family_key)
    from rows_of_both
    join touched
        on touched.subject_key = rows_of_both.person_key
        and touched.programme = rows_of_both.programme
        and touched.subject = 'person'
    union all
    select touched.subject, touched.subject_key, rows_of_both.* exclude (person_key, family_key) replace (null as nik)
    from rows_of_both
    join touched
        on touched.subject_key = rows_of_both.family_key
        and touched.programme = rows_of_both.programme
        and touched.subject = 'family'
),

compared as (
    select
        subject, subject_key, programme,
        count(*) filter (after = 0) as rows_before, count(*) filter (after = 1) as rows_after,
        min(status) filter (after = 0) as first_before, max(status) filter (after = 0) as last_before,
        min(status) filter (after = 1) as first_after, max(status) filter (after = 1) as last_after,
        coalesce(
            min(nik) filter (after = 0) <> min(nik) filter (after = 1)
            or max(nik) filter (after = 0) <> max(nik) filter (after = 1),
            false
        ) as renumbered,
        coalesce(min(village_code) filter (after = 1), min(village_code) filter (after = 0)) as village_code
    from named
    group by subject, subject_key, programme
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
    select distinct before.person_key as subject_key
    from previous_recipient_outcomes as before
    semi join changed on changed.subject_key = before.person_key
    semi join recipient_outcomes as now on now.person_key = before.person_key and now.programme = before.programme
    union all
    select distinct before.family_key
    from previous_recipient_outcomes as before
    semi join changed on changed.subject_key = before.family_key
    semi join recipient_outcomes as now on now.family_key = before.family_key and now.programme = before.programme
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
