-- One row per measure that somebody may have published and list that it is counted in: rows, people and families of it, and
-- what may explain a difference from the published figure.
with rows_of_lists as (
    select
        'registry_persons' as measure, people.person_id, people.family_key, people.village_code, '' as stage,
        people.active as counts
    from registry_people as people
    union all
    select recipients.programme, recipients.person_id, people.family_key, recipients.village_code, recipients.stage, true
    from recipients
    join people using (row_id)
),

lists as (
    select
        if(source = 'registry', 'registry_persons', source) as measure,
        sum(rows_accepted) as rows_accepted,
        sum(rows_rejected) as rows_rejected,
        string_agg(source_file, ', ' order by source_file) filter (state = 'rejected') as files_rejected,
        bool_or(state = 'accepted') as arrived
    from landed_files
    where source = 'registry' or source in (select programme from programme_rules)
    group by measure
),

counted as (
    select
        measure,
        count(*) filter (counts) as rows,
        count(distinct family_key) filter (counts) as families,
        count(*) filter (counts) - count(distinct (person_id, stage)) filter (counts) as repeats,
        count(*) filter (not counts) as not_active,
        count(distinct stage) as stages
    from rows_of_lists
    group by measure
),

stages as (
    select measure, list({'stage': stage, 'rows': rows} order by stage) as stages
    from (select measure, stage, count(*) as rows from rows_of_lists where counts and stage <> '' group by measure, stage)
    group by measure
),

-- Parts that landed the month before under a name that did not land now.
parts_before as (
    select
        if(source = 'registry', 'registry_persons', source) as measure,
        sum(rows_accepted) as rows_missing,
        string_agg(source_file, ', ' order by source_file) as files_missing
    from previous_landed_files
    anti join landed_files using (source, source_file)
    where state = 'accepted' and source in (select source from landed_files where state = 'accepted')
    group by measure
),

-- Sub-districts of which a list has nobody, while it has people of others.
areas as (
    select distinct measure, villages.subdistrict_name
    from rows_of_lists
    join villages using (village_code)
),

areas_missing as (
    select lists.measure, string_agg(known.subdistrict_name, ', ' order by known.subdistrict_name) as areas_missing
    from (select distinct measure from areas) as lists
    cross join (select distinct subdistrict_name from villages where subdistrict_name is not null) as known
    anti join areas on areas.measure = lists.measure and areas.subdistrict_name = known.subdistrict_name
    group by lists.measure
)

select
    lists.measure,
    coalesce(counted.rows, 0) as rows,
    coalesce(counted.families, 0) as families,
    lists.rows_rejected,
    coalesce(counted.repeats, 0) as repeats,
    coalesce(counted.not_active, 0) as not_active,
    coalesce(counted.stages, 0) as number_of_stages,
    stages.stages,
    lists.files_rejected,
    parts_before.rows_missing,
    parts_before.files_missing,
    areas_missing.areas_missing
from lists
left join counted using (measure)
left join stages using (measure)
left join parts_before using (measure)
left join areas_missing using (measure)
where lists.arrived
union all by name
select
    'population' as measure, sum(total) as rows, sum(families) as families, 0 as rows_rejected, 0 as repeats, 0 as not_active
from population
having count(*) > 0
