-- One row: the district.
with areas as (
    select
        sum(population) as population,
        coalesce(sum(registry_persons), 0) as registry_persons,
        coalesce(sum(recipients), 0) as recipients,
        coalesce(sum(recipients_pkh), 0) as recipients_pkh,
        coalesce(sum(recipients_sembako), 0) as recipients_sembako,
        coalesce(sum(recipients_pbi_jkn), 0) as recipients_pbi_jkn,
        coalesce(sum(recipients_bst), 0) as recipients_bst,
        coalesce(sum(recipients_yapi), 0) as recipients_yapi,
        coalesce(sum(recipients_disability), 0) as recipients_disability,
        coalesce(sum(recipients_elderly), 0) as recipients_elderly,
        coalesce(sum(off_target), 0) as off_target,
        coalesce(sum(to_verify), 0) as to_verify,
        coalesce(sum(unresolved), 0) as unresolved,
        coalesce(sum(on_target), 0) as on_target,
        coalesce(sum(off_target_amount), 0) as off_target_amount,
        coalesce(sum(to_verify_amount), 0) as to_verify_amount,
        coalesce(sum(unresolved_amount), 0) as unresolved_amount,
        coalesce(sum(on_target_amount), 0) as on_target_amount,
        coalesce(sum(rows_without_amount), 0) as rows_without_amount,
        coalesce(sum(unregistered_amount), 0) as unregistered_amount,
        coalesce(sum(misranked_amount), 0) as misranked_amount,
        coalesce(sum(unserved_amount), 0) as unserved_amount
    from village_summary
),

people as (
    select
        count(distinct person_id) as persons,
        count(distinct person_id) filter (programme = 'pkh') as persons_pkh,
        count(distinct person_id) filter (programme = 'sembako') as persons_sembako,
        count(distinct person_id) filter (programme = 'pbi_jkn') as persons_pbi_jkn,
        count(distinct person_id) filter (programme = 'bst') as persons_bst,
        count(distinct person_id) filter (programme = 'yapi') as persons_yapi,
        count(distinct person_id) filter (programme = 'disability') as persons_disability,
        count(distinct person_id) filter (programme = 'elderly') as persons_elderly
    from recipients
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

expected_errors as (
    select
        coalesce(sum(false_links_expected), 0) as false_links,
        coalesce(sum(missed_links_expected), 0) as missed_links,
        coalesce(sum(false_links_expected) filter (programme_rules.registry = 'off_target'), 0) as false_demanded,
        coalesce(sum(missed_links_expected) filter (programme_rules.registry = 'off_target'), 0) as missed_demanded
    from linkage_quality
    left join programme_rules on linkage_quality.source = programme_rules.programme
    where programme_rules.programme is not null or source in ('proposals', 'eligibility_decisions', 'complaints')
),

-- mean plus the policy's number of standard deviations plus one, the usual bound for rare errors
doubtful_links as (
    select ceil(columns(*) + $error_deviations * sqrt(columns(*))) + 1
    from expected_errors
),

demanded as (
    select
        count(*) filter (list_contains(reasons, 'NOT_IN_REGISTRY')) as not_in_registry,
        count(*) filter (match_band = 'review') as unsettled,
        count(*) filter (match_band = 'review' and outcome <> 'off_target') as unsettled_not_off_target
    from recipient_outcomes
    where programme in (select programme from programme_rules where registry = 'off_target')
),

bounds as (
    select
        not_in_registry,
        greatest(not_in_registry - missed_demanded, 0) as not_in_registry_lower,
        not_in_registry + false_demanded + unsettled as not_in_registry_upper,
        areas.off_target - least(not_in_registry, missed_demanded) as off_target_lower,
        least(areas.off_target + false_demanded + unsettled_not_off_target, areas.recipients) as off_target_upper,
        greatest(unregistered_households_certain - missed_links, 0) as unregistered_households_lower,
        unregistered_households_certain
        + unregistered_households_possible
        + false_links as unregistered_households_upper
    from demanded, doubtful_links, areas, households
),

misranked as (
    select
        count(*) filter (certainty = 'certain') as misranked_households_certain,
        count(*) filter (certainty = 'possible') as misranked_households_possible
    from misranked_poor_households
),

unserved as (
    select count(*) as unserved_households from unserved_registered_households
),

departed as (
    select
        count(*) filter (movement = 'left') as pbi_left,
        count(*) filter (movement = 'left' and urgency = 'high') as pbi_left_urgent,
        count(*) filter (movement = 'returned') as pbi_returned
    from pbi_departures
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
        count(difference) as control_totals_published,
        count(*) filter (abs(difference) > $control_total_tolerance * abs(published)) as control_totals_differing
    from control_totals
)

select
    $district_name as district_name,
    *,
    areas.registry_persons / nullif(areas.population, 0) as registry_coverage
from areas, people, families, rejections, households, bounds, misranked, unserved, departed, progress, figures
