-- One row per village: is it ready to decide (meeting, lists, e-KTP recording), and what has it decided and proposed.
with meetings as (
    select
        village_code,
        bool_or(coalesce(held_on <= $period_end, false)) as meeting_held,
        max(held_on) filter (held_on <= $period_end) as held_on,
        max({'held_on': held_on, 'row_id': row_id, 'minutes_number': minutes_number}) filter (held_on <= $period_end)
            .minutes_number as minutes_number,
        bool_or(registry_list_received) as registry_list_received,
        bool_or(recipient_list_received) as recipient_list_received
    from village_meetings
    group by village_code
),

decided as (
    select
        village_code,
        count(*) as decisions,
        count(*) filter (outcome not in ('LAYAK', 'DD')) as removals
    from decisions
    where is_own
    group by village_code
),

outstanding as (
    select recipients.village_code, count(*) as decisions_outstanding
    from recipients
    join outcomes using (row_id)
    anti join standing_decisions using (row_id)
    where outcomes.outcome in ('off_target', 'to_verify')
    group by recipients.village_code
),

-- What an earlier month had landed already was known when the worklist was drawn up: no answer to it.
answers as (
    select person_key from decisions where is_own and first_period = $period
    union
    select person_key
    from finding_dispositions
    anti join earlier_finding_dispositions using (person_key, reason, disposition, decided_on)
),

listed as (
    select village_code, person_key from previous_off_target_recipients
    union
    select outcome.village_code, outcome.person_key
    from previous_recipient_outcomes as outcome
    join previous_complaint_findings as complaint using (person_key)
    where complaint.kind = 'INCLUDED' and complaint.finding = 'included_to_verify'
),

worklist as (
    select
        listed.village_code,
        count(distinct listed.person_key) as worklist_rows,
        count(distinct answers.person_key) as worklist_answered
    from listed
    left join answers on answers.person_key = listed.person_key
    group by listed.village_code
),

proposed as (
    select village_code, count(*) as proposals
    from proposals
    where proposed_on is null or proposed_on <= $period_end
    group by village_code
)

select
    village.village_code,
    village.village_name,
    village.subdistrict_name,
    meetings.meeting_held,
    meetings.held_on,
    meetings.minutes_number,
    meetings.registry_list_received,
    meetings.recipient_list_received,
    coalesce(decided.decisions, 0) as decisions,
    coalesce(outstanding.decisions_outstanding, 0) as decisions_outstanding,
    coalesce(proposed.proposals, 0) as proposals,
    coalesce(decided.removals, 0) as removals,
    coalesce(proposed.proposals, 0) > 0 and coalesce(decided.removals, 0) = 0 as only_ever_adds,
    coalesce(worklist.worklist_rows, 0) as worklist_rows,
    coalesce(worklist.worklist_answered, 0) as worklist_answered,
    worklist.worklist_answered / nullif(worklist.worklist_rows, 0) as worklist_answered_share,
    village.ktp_eligible,
    village.ktp_recorded,
    village.ktp_recorded / nullif(village.ktp_eligible, 0) as ktp_recorded_share
from villages as village
left join meetings using (village_code)
left join decided using (village_code)
left join proposed using (village_code)
left join outstanding using (village_code)
left join worklist using (village_code)
