-- One row: the district.
with areas as (
    select
        sum(population) as population,
        sum(registry_persons) as registry_persons,
        sum(recipients) as recipients,
        sum(recipients_pkh) as recipients_pkh,
        sum(recipients_sembako) as recipients_sembako,
        sum(recipients_pbi_jkn) as recipients_pbi_jkn,
        sum(recipients_bst) as recipients_bst,
        sum(recipients_yapi) as recipients_yapi,
        sum(recipients_disability) as recipients_disability,
        sum(recipients_elderly) as recipients_elderly,
        sum(off_target) as off_target,
        sum(to_verify) as to_verify,
        sum(unresolved) as unresolved,
        sum(on_target) as on_target
    from village_summary
),

people as (
    select
        count(distinct person_key) as persons,
        count(distinct person_key) filter (programme = 'pkh') as persons_pkh,
        count(distinct person_key) filter (programme = 'sembako') as persons_sembako,
        count(distinct person_key) filter (programme = 'pbi_jkn') as persons_pbi_jkn,
        count(distinct person_key) filter (programme = 'bst') as persons_bst,
        count(distinct person_key) filter (programme = 'yapi') as persons_yapi,
        count(distinct person_key) filter (programme = 'disability') as persons_disability,
        count(distinct person_key) filter (programme = 'elderly') as persons_elderly
    from recipient_outcomes
),

families as (
    select count(distinct family_key) as registry_families from registry_people where active
),

rejections as (
    select coalesce(sum(rows_rejected), 0) as rejected from programme_summary
),

households as (
    select
        count(*) filter (certainty = 'certain') as unregistered_households_certain,
        count(*) filter (certainty = 'possible') as unregistered_households_possible
    from unregistered_poor_households
),

unserved as (
    select count(*) as unserved_households from unserved_registered_households
),

progress as (
    select
        count(*) as villages,
        count(*) filter (meeting_held) as villages_with_meeting,
        coalesce(sum(worklist_rows), 0) as worklist_rows,
        coalesce(sum(worklist_answered), 0) as worklist_answered,
        sum(worklist_answered) / nullif(sum(worklist_rows), 0) as worklist_answered_share
    from village_readiness
),

figures as (
    select
        count(counted) as control_totals_published,
        count(*) filter (abs(difference) > $control_total_tolerance * abs(published)) as control_totals_differing
    from control_totals
)

select
    $district_name as district_name,
    *,
    areas.registry_persons / nullif(areas.population, 0) as registry_coverage
from areas, people, families, rejections, households, unserved, progress, figures
