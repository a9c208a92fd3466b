-- One row per village: is it ready to decide (meeting, lists, e-KTP recording), and what has it decided and proposed.
with meetings as (
    select
        village_code,
        bool_or(coalesce(held_on <= $period_end, false)) as meeting_held,
        max(held_on) filter (held_on <= $period_end) as held_on,
        arg_max(minutes_number, held_on) filter (held_on <= $period_end) as minutes_number,
        bool_or(registry_list_received) as registry_list_received,
        bool_or(recipient_list_received) as recipient_list_received
    from village_meetings
    group by village_code
),

decided as (
    select village_code, count(*) as decisions from decisions group by village_code
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
    coalesce(proposed.proposals, 0) as proposals,
    village.ktp_eligible,
    village.ktp_recorded,
    village.ktp_recorded / nullif(village.ktp_eligible, 0) as ktp_recorded_share
from villages as village
left join meetings using (village_code)
left join decided using (village_code)
left join proposed using (village_code)
