-- One row per sub-district, and one without a name for rows whose village is not known. People and families of several of
-- its villages count once.
with areas as (
    select
        subdistrict_name,
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
        sum(on_target) as on_target,
        sum(off_target_amount) as off_target_amount,
        sum(to_verify_amount) as to_verify_amount,
        sum(unresolved_amount) as unresolved_amount,
        sum(on_target_amount) as on_target_amount,
        sum(rows_without_amount) as rows_without_amount,
        sum(unregistered_households_certain) as unregistered_households_certain,
        sum(unregistered_households_possible) as unregistered_households_possible,
        sum(misranked_households_certain) as misranked_households_certain,
        sum(misranked_households_possible) as misranked_households_possible,
        sum(unserved_households) as unserved_households,
        sum(pbi_left) as pbi_left,
        sum(pbi_left_urgent) as pbi_left_urgent,
        sum(pbi_returned) as pbi_returned,
        sum(unregistered_amount) as unregistered_amount,
        sum(misranked_amount) as misranked_amount,
        sum(unserved_amount) as unserved_amount
    from village_summary
    group by subdistrict_name
),

served as (
    select
        villages.subdistrict_name,
        count(distinct person_id) as persons,
        count(distinct person_id) filter (programme = 'pkh') as persons_pkh,
        count(distinct person_id) filter (programme = 'sembako') as persons_sembako,
        count(distinct person_id) filter (programme = 'pbi_jkn') as persons_pbi_jkn,
        count(distinct person_id) filter (programme = 'bst') as persons_bst,
        count(distinct person_id) filter (programme = 'yapi') as persons_yapi,
        count(distinct person_id) filter (programme = 'disability') as persons_disability,
        count(distinct person_id) filter (programme = 'elderly') as persons_elderly
    from recipients
    left join villages using (village_code)
    group by villages.subdistrict_name
),

registered as (
    select villages.subdistrict_name, count(distinct family_key) as registry_families
    from registry_people
    left join villages using (village_code)
    where active
    group by villages.subdistrict_name
),

progress as (
    select
        subdistrict_name,
        count(*) as villages,
        count(*) filter (meeting_held) as villages_with_meeting,
        sum(worklist_rows) as worklist_rows,
        sum(worklist_answered) as worklist_answered
    from village_readiness
    group by subdistrict_name
)

select
    areas.*,
    areas.registry_persons / nullif(areas.population, 0) as registry_coverage,
    coalesce(registered.registry_families, 0) as registry_families,
    coalesce(columns(served.* exclude (subdistrict_name)), 0),
    coalesce(progress.villages, 0) as villages,
    coalesce(progress.villages_with_meeting, 0) as villages_with_meeting,
    coalesce(progress.worklist_rows, 0) as worklist_rows,
    coalesce(progress.worklist_answered, 0) as worklist_answered,
    progress.worklist_answered / nullif(progress.worklist_rows, 0) as worklist_answered_share
from areas
left join served on served.subdistrict_name is not distinct from areas.subdistrict_name
left join registered on registered.subdistrict_name is not distinct from areas.subdistrict_name
left join progress on progress.subdistrict_name is not distinct from areas.subdistrict_name
