-- One row per household with evidence of poverty whose named members are not active in the registry.
with settled_cards as (
    select recipient_cards.card
    from recipients
    join recipient_cards using (row_id)
    where recipients.linked_active
    union
    select card from active_cards
),

members as (
    select
        *,
        row_number() over (partition by family_key, person_id order by name is null, place) = 1 as names_member,
        row_number() over (partition by family_key, person_id order by nik is null, place) = 1 as numbers_member
    from claim_members
    semi join poverty_evidence using (place)
),

households as (
    select
        family_key as household_key,
        any_value(card order by place) as card,
        arg_min(village_code, place) filter (village_code is not null) as village_code,
        count(distinct person_id) as members,
        list_sort(list(distinct evidence)) as evidence,
        bool_or(match_band = 'review') as unsettled,
        bool_or(coalesce(ktp_recorded = false and (married or coalesce(of_age, true)), false)) as no_e_ktp,
        bool_or(coalesce(civil_status = 'TT', false)) as not_in_civil_registry,
        bool_or(nik_invalid) as nik_invalid,
        list(distinct {'period': period, 'source_file': source_file, 'source_row': source_row}) as sources,
        any_value(family_card_number order by place) as family_card_number,
        list(name order by place) filter (names_member and name is not null) as member_names,
        list(nik order by place) filter (numbers_member and nik is not null) as member_niks
    from members
    group by family_key
),

stepped as (
    select
        households.household_key,
        households.village_code,
        households.members,
        case when settled_cards.card is null then 'none' else 'partial' end as registration,
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
            when settled_cards.card is not null then 'ADD_MEMBERS'
            else 'PROPOSE'
        end as next_step,
        list_sort(households.sources) as sources,
        households.family_card_number,
        coalesce(households.member_names, []) as member_names,
        coalesce(households.member_niks, []) as member_niks
    from households
    cross join meetings_known
    left join settled_cards on settled_cards.card = households.card
    left join held_meetings on held_meetings.village_code = households.village_code
)

select
    stepped.*,
    by_path(words.words, path_or_none(words.proposal_path)) as recommended_action,
    path_or_none(words.proposal_path) as proposal_path,
    $deadline_on as deadline_on
from stepped
join words on words.list = 'household_step' and words.code = stepped.next_step
