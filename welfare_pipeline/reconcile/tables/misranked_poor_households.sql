-- One row per household with evidence of poverty that the registry ranks above every programme's limit, or not at all.
with members as (
    select
        misranked.*,
        claim.* exclude (place),
        coalesce(registry.snapshot, $snapshot) as snapshot,
        if(claim.names_family_only, claim.person_id, misranked.registered_person_id) as member_id,
        row_number() over (partition by misranked.household_key, member_id order by claim.name is null, claim.place) = 1 as names_member,
        row_number() over (partition by misranked.household_key, member_id order by claim.nik is null, claim.place) = 1 as numbers_member
    from misranked_members as misranked
    join claim_members as claim using (place)
    join registry on registry.row_id = misranked.registry_row_id
),

households as (
    select
        household_key,
        coalesce(
            arg_min(village_code, place) filter (village_code is not null),
            arg_min(registry_village, registry_row_id) filter (registry_village is not null)
        ) as village_code,
        count(distinct member_id) as members,
        list_sort(list(distinct evidence)) as evidence,
        bool_and(is_possible) as unsettled,
        bool_or(coalesce(ktp_recorded = false and (married or coalesce(of_age, true)), false)) as no_e_ktp,
        bool_or(coalesce(civil_status = 'TT', false)) as not_in_civil_registry,
        bool_or(nik_invalid and registry_nik_status <> 'valid') as nik_invalid,
        min(decile_lowest) as decile_lowest,
        arg_min(decile_highest, (decile_lowest, registry_row_id)) filter (decile_lowest is not null) as decile_highest,
        arg_min(snapshot, registry_row_id) filter (snapshot is not null) as snapshot,
        max(decile_limit) as decile_limit,
        list(distinct {'period': period, 'source_file': source_file, 'source_row': source_row}) as sources,
        coalesce(
            any_value(registry_card order by place, registry_row_id), any_value(family_card_number order by place)
        ) as family_card_number,
        list(name order by place) filter (names_member and name is not null) as member_names,
        list(nik order by place) filter (numbers_member and nik is not null) as member_niks
    from members
    group by household_key
),

served as (
    select registry_people.family_key, recipients.programme
    from registry_people
    semi join households on households.household_key = registry_people.family_key
    join recipients using (person_id)
    union
    select registry_people.family_key, recipients.programme
    from registry_people
    semi join households on households.household_key = registry_people.family_key
    join recipient_cards on recipient_cards.card = registry_people.card
    join recipients on recipients.row_id = recipient_cards.row_id
    where recipients.unit = 'family'
),

missed as (
    select households.household_key, list(rules.programme order by rules.place) as programmes
    from households
    cross join programme_rules as rules
    left join served on served.family_key = households.household_key and served.programme = rules.programme
    where rules.decile_limit is not null and served.programme is null
    group by households.household_key
),

stepped as (
    select
        households.household_key,
        households.village_code,
        households.members,
        households.evidence,
        list_filter(
            [
                case when households.no_e_ktp then 'NO_E_KTP' end,
                case when households.not_in_civil_registry then 'NIK_NOT_IN_CIVIL_REGISTRY' end,
                case when households.nik_invalid then 'NIK_INVALID' end,
                case
                    when meetings_known.known and households.village_code is not null and not coalesce(held_meetings.held, false)
                        then 'VILLAGE_MEETING_NOT_HELD'
                end
            ],
            lambda blocker: blocker is not null
        ) as blockers,
        case when households.unsettled then 'possible' else 'certain' end as certainty,
        case
            when households.unsettled then 'SETTLE_PAIRS'
            when households.nik_invalid then 'MEND_NIK'
            when households.not_in_civil_registry then 'CONFIRM_NIK'
            when households.no_e_ktp then 'RECORD_E_KTP'
            else 'RANK_ANEW'
        end as next_step,
        case
            when households.decile_lowest is null then 'unranked'
            when households.decile_lowest = households.decile_highest then households.decile_lowest::varchar
            else format('{}-{}', households.decile_lowest, households.decile_highest)
        end as decile,
        households.snapshot,
        households.decile_limit,
        coalesce(missed.programmes, []) as programmes_missed,
        list_sort(households.sources) as sources,
        households.family_card_number,
        coalesce(households.member_names, []) as member_names,
        coalesce(households.member_niks, []) as member_niks
    from households
    cross join meetings_known
    left join missed using (household_key)
    left join held_meetings on held_meetings.village_code = households.village_code
)

select
    stepped.*,
    by_path(words.words, path_or_none(words.proposal_path)) as recommended_action,
    path_or_none(words.proposal_path) as proposal_path,
    $deadline_on as deadline_on
from stepped
join words on words.list = 'household_step' and words.code = stepped.next_step
