-- One row per poor household to propose, not registered or ranked wrongly, under the first of its members that the
-- evidence of this month names (else as earlier evidence has it).
with to_propose as (
    select *, 'unregistered ' || household_key as place from unregistered_poor_households
    union all by name
    select *, 'misranked ' || household_key as place from misranked_poor_households
),

rows_behind as (
    select place, unnest(sources, recursive := true)
    from to_propose
),

members as (
    select rows_behind.place, people.*
    from rows_behind
    join person_rows as people using (source_file, source_row)
    where coalesce(rows_behind.period, $period) = $period
),

heads as (
    select *
    from members
    qualify row_number() over (partition by place order by name is null, nik_status <> 'valid', row_id) = 1
),

others as (
    select members.place, string_agg(distinct members.name, ', ' order by members.name) as names
    from members
    join heads using (place)
    where members.name <> heads.name
    group by members.place
),

said as (
    select household.place, string_agg(distinct words.words, ' ' order by words.words) as evidence
    from to_propose as household, unnest(household.evidence) as item (code)
    join words on words.list = 'poverty_evidence' and words.code = item.code
    group by household.place
),

blocked as (
    select household.place, string_agg(words.words, ' ' order by words.words) as blockers
    from to_propose as household, unnest(household.blockers) as item (code)
    join words on words.list = 'blocker' and words.code = item.code
    group by household.place
),

origins as (
    select
        place,
        list_sort(list(format('{} baris {}', source_file, source_row))) as lines
    from rows_behind
    group by place
)

select
    household.village_code,
    household.household_key as key,
    coalesce(heads.name, household.member_names[1]) as name,
    case
        when heads.place is not null then heads.nik
        when len(household.member_names) = len(household.member_niks) then household.member_niks[1]
    end as nik,
    coalesce(heads.family_card_number, household.family_card_number) as family_card_number,
    strftime(heads.birth_date, '%d/%m/%Y') as birth_date,
    heads.address,
    others.names as others,
    concat_ws(
        ' ', said.evidence, registrations.words,
        case
            when household.decile = 'unranked' then 'Sudah terdata, tetapi belum diperingkat.'
            when household.decile is not null
                then format('Sudah terdata, tetapi desilnya ({}) di atas batas ({}).', household.decile, household.decile_limit)
        end,
        case
            when household.decile is null then certainties.words
            when household.certainty = 'possible' then 'Mungkin orang lain: selesaikan dahulu lembar Pasangan.'
        end
    ) as evidence,
    blocked.blockers,
    by_path(steps.words, household.proposal_path) as action,
    array_to_string(origins.lines[1:$most_sources], '; ')
        || case when len(origins.lines) > $most_sources then '; ...' else '' end as sources,
    heads.sex,
    heads.mother_name
from to_propose as household
join origins using (place)
left join heads using (place)
left join others using (place)
left join said using (place)
left join blocked using (place)
left join words as registrations on registrations.list = 'registration' and registrations.code = household.registration
left join words as steps on steps.list = 'household_step' and steps.code = household.next_step
left join words as certainties on certainties.list = 'household_certainty' and certainties.code = household.certainty
order by household.village_code nulls last, heads.family_card_number nulls last, heads.name nulls last, household.household_key
