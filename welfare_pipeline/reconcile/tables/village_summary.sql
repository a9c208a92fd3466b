-- One row per village, and one without a code for rows whose village is not known.
with registered as (
    select village_code, count(*) as registry_persons, count(distinct family_key) as registry_families
    from registry_people
    where active
    group by village_code
),

served as (
    select
        village_code,
        count(*) as recipients,
        count(distinct person_id) as persons,
        count(*) filter (programme = 'pkh') as recipients_pkh,
        count(*) filter (programme = 'sembako') as recipients_sembako,
        count(*) filter (programme = 'pbi_jkn') as recipients_pbi_jkn,
        count(*) filter (programme = 'bst') as recipients_bst,
        count(*) filter (programme = 'yapi') as recipients_yapi,
        count(*) filter (programme = 'disability') as recipients_disability,
        count(*) filter (programme = 'elderly') as recipients_elderly,
        count(distinct person_id) filter (programme = 'pkh') as persons_pkh,
        count(distinct person_id) filter (programme = 'sembako') as persons_sembako,
        count(distinct person_id) filter (programme = 'pbi_jkn') as persons_pbi_jkn,
        count(distinct person_id) filter (programme = 'bst') as persons_bst,
        count(distinct person_id) filter (programme = 'yapi') as persons_yapi,
        count(distinct person_id) filter (programme = 'disability') as persons_disability,
        count(distinct person_id) filter (programme = 'elderly') as persons_elderly,
        count(*) filter (outcome = 'off_target') as off_target,
        count(*) filter (outcome = 'to_verify') as to_verify,
        count(*) filter (outcome = 'unresolved') as unresolved,
        count(*) filter (outcome = 'on_target') as on_target,
        coalesce(sum(monthly_amount) filter (outcome = 'off_target'), 0) as off_target_amount,
        coalesce(sum(monthly_amount) filter (outcome = 'to_verify'), 0) as to_verify_amount,
        coalesce(sum(monthly_amount) filter (outcome = 'unresolved'), 0) as unresolved_amount,
        coalesce(sum(monthly_amount) filter (outcome = 'on_target'), 0) as on_target_amount,
        count(*) filter (monthly_amount is null) as rows_without_amount
    from recipients
    join outcomes using (row_id)
    join recipient_amounts using (row_id)
    group by village_code
),

unregistered as (
    select
        village_code,
        count(*) filter (certainty = 'certain') as unregistered_households_certain,
        count(*) filter (certainty = 'possible') as unregistered_households_possible
    from unregistered_poor_households
    group by village_code
),

misranked as (
    select
        village_code,
        count(*) filter (certainty = 'certain') as misranked_households_certain,
        count(*) filter (certainty = 'possible') as misranked_households_possible
    from misranked_poor_households
    group by village_code
),

unserved as (
    select village_code, count(*) as unserved_households from unserved_registered_households group by village_code
),

departed as (
    select
        village_code,
        count(*) filter (movement = 'left') as pbi_left,
        count(*) filter (movement = 'left' and urgency = 'high') as pbi_left_urgent,
        count(*) filter (movement = 'returned') as pbi_returned
    from pbi_departures
    group by village_code
),

costs as (
    select
        village_code,
        coalesce(sum(monthly_amount) filter (kind_of_household = 'unregistered'), 0) as unregistered_amount,
        coalesce(sum(monthly_amount) filter (kind_of_household = 'misranked'), 0) as misranked_amount,
        coalesce(sum(monthly_amount) filter (kind_of_household = 'unserved'), 0) as unserved_amount
    from household_amounts
    group by village_code
),

places as (
    select village_code from villages
    union
    select village_code from registered
    union
    select village_code from served
    union
    select village_code from unregistered
    union
    select village_code from misranked
    union
    select village_code from unserved
    union
    select village_code from departed
)

select
    places.village_code,
    villages.village_name,
    villages.subdistrict_name,
    villages.population,
    coalesce(registered.registry_persons, 0) as registry_persons,
    coalesce(registered.registry_families, 0) as registry_families,
    coalesce(registered.registry_persons, 0) / nullif(villages.population, 0) as registry_coverage,
    coalesce(columns(served.* exclude (village_code)), 0),
    coalesce(unregistered.unregistered_households_certain, 0) as unregistered_households_certain,
    coalesce(unregistered.unregistered_households_possible, 0) as unregistered_households_possible,
    coalesce(misranked.misranked_households_certain, 0) as misranked_households_certain,
    coalesce(misranked.misranked_households_possible, 0) as misranked_households_possible,
    coalesce(unserved.unserved_households, 0) as unserved_households,
    coalesce(departed.pbi_left, 0) as pbi_left,
    coalesce(departed.pbi_left_urgent, 0) as pbi_left_urgent,
    coalesce(departed.pbi_returned, 0) as pbi_returned,
    coalesce(columns(costs.* exclude (village_code)), 0),
    readiness.meeting_held,
    readiness.registry_list_received,
    readiness.recipient_list_received
from places
left join villages using (village_code)
left join registered on registered.village_code is not distinct from places.village_code
left join served on served.village_code is not distinct from places.village_code
left join unregistered on unregistered.village_code is not distinct from places.village_code
left join misranked on misranked.village_code is not distinct from places.village_code
left join unserved on unserved.village_code is not distinct from places.village_code
left join departed on departed.village_code is not distinct from places.village_code
left join costs on costs.village_code is not distinct from places.village_code
left join village_readiness as readiness on readiness.village_code = places.village_code
