-- One row per household with evidence of poverty whose named members are not active in the registry.
with settled_cards as (
    select recipient_cards.card
    from recipients
    join recipient_cards using (row_id)
    where recipients.linked_active
    union
    select card from active_cards
),

held_meetings as (
    select village_code, bool_or(held_on <= $period_end) as held
    from village_meetings
    group by village_code
),

meetings_known as (
    select count(*) > 0 as known from village_meetings
),

lists_villages as (
    select person_id, arg_min(village_code, row_id) as village_code
    from recipients
    where village_code is not null
    group by person_id
),

-- The birth date in the number that is looked up, else in any list. Of somebody without one it is not known that an e-KTP
-- is not due yet.
births as (
    select
        person_id,
        max(nearest_birth_date(nik_birth_date, other_nik_birth_date, written_on)) as numbered_on,
        max(written_on) as written_on
    from (
        select
            people.person_id,
            person_rows.nik_birth_date,
            person_rows.other_nik_birth_date,
            max(person_rows.birth_date) over (partition by people.person_id) as written_on
        from person_rows
        join people using (row_id)
        semi join poverty_evidence on poverty_evidence.person_id = people.person_id
    )
    group by person_id
),

members as (
    select
        evidence.* replace (coalesce(evidence.village_code, lists_villages.village_code) as village_code),
        coalesce(births.numbered_on, births.written_on, evidence.birth_date) + to_years($electronic_card_age::integer) <= $period_end as of_age,
        married_people.person_id is not null as married,
        not names_family_only
        and not bool_or(evidence.nik_status = 'valid') over (partition by evidence.person_id) as nik_invalid,
        civil_numbers.status as civil_status,
        coalesce(civil_numbers.ktp_recorded, civil_people.ktp_recorded) as ktp_recorded
    from poverty_evidence as evidence
    left join civil_numbers on civil_numbers.nik = evidence.nik
    left join civil_people on civil_people.person_id = evidence.person_id
    left join lists_villages on lists_villages.person_id = evidence.person_id
    left join births on births.person_id = evidence.person_id
    left join married_people on married_people.person_id = evidence.person_id
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
        list(name order by place) filter (name is not null) as member_names,
        list(nik order by place) filter (nik is not null) as member_niks
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
