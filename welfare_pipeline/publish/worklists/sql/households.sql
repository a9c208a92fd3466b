-- One row per poor household to propose, under the first of its members that the evidence names.
with rows_behind as (
    select household_key, unnest(sources, recursive := true)
    from unregistered_poor_households
),

members as (
    select rows_behind.household_key, people.*
    from rows_behind
    join person_rows as people using (source_file, source_row)
),

heads as (
    select *
    from members
    qualify row_number() over (partition by household_key order by name is null, nik_status <> 'valid', row_id) = 1
),

others as (
    select members.household_key, string_agg(distinct members.name, ', ' order by members.name) as names
    from members
    join heads using (household_key)
    where members.name <> heads.name
    group by members.household_key
),

said as (
    select household.household_key, string_agg(distinct words.words, ' ' order by words.words) as evidence
    from unregistered_poor_households as household, unnest(household.evidence) as item (code)
    join words on words.list = 'poverty_evidence' and words.code = item.code
    group by household.household_key
),

blocked as (
    select household.household_key, string_agg(words.words, ' ' order by words.words) as blockers
    from unregistered_poor_households as household, unnest(household.blockers) as item (code)
    join words on words.list = 'blocker' and words.code = item.code
    group by household.household_key
),

origins as (
    select
        household_key,
        list_sort(list(format('{} baris {}', source_file, source_row))) as lines
    from rows_behind
    group by household_key
)

select
    household.village_code,
    household.household_key as key,
    heads.name,
    heads.nik,
    coalesce(heads.family_card_number, household.family_card_number) as family_card_number,
    strftime(heads.birth_date, '%d/%m/%Y') as birth_date,
    heads.address,
    others.names as others,
    concat_ws(' ', said.evidence, registrations.words, certainties.words) as evidence,
    blocked.blockers,
    by_path(steps.words, household.proposal_path) as action,
    array_to_string(origins.lines[1:$most_sources], '; ')
        || case when len(origins.lines) > $most_sources then '; ...' else '' end as sources,
    heads.sex,
    heads.mother_name
from unregistered_poor_households as household
join origins using (household_key)
join heads using (household_key)
left join others using (household_key)
left join said using (household_key)
left join blocked using (household_key)
left join words as registrations on registrations.list = 'registration' and registrations.code = household.registration
left join words as steps on steps.list = 'household_step' and steps.code = household.next_step
left join words as certainties on certainties.list = 'household_certainty' and certainties.code = household.certainty
order by household.village_code nulls last, heads.family_card_number nulls last, heads.name nulls last, household.household_key
