-- One row per landed row that says whether a finding is confirmed: which finding, and the nearest month in which it stood.
with keys as (
    select person_key as earlier_key, person_key as present_key from landed_dispositions
    union
    select recognised_people.earlier_key, recognised_people.person_key
    from recognised_people
    semi join landed_dispositions using (person_key)
),

-- This month's, as they stood before the dispositions that landed with it.
stood as (
    select $period as period, people.person_key, people.person_key as present_key, recipients.programme, findings.reason
    from (select row_id, reason from reason_rows group by row_id, reason) as findings
    join recipients using (row_id)
    join people using (row_id)
    semi join landed_dispositions as own on own.person_key = people.person_key
    union all
    select earlier.period, earlier.person_key, keys.present_key, earlier.programme, unnest(earlier.reasons) as reason
    from earlier_recipient_outcomes as earlier
    join keys on keys.earlier_key = earlier.person_key
),

sent as (
    select own.row_id, stood.period as sent_period, stood.person_key as sent_person_key
    from landed_dispositions as own
    join stood on stood.present_key = own.person_key and stood.reason = own.reason
    where own.programme is null or own.programme = stood.programme
    qualify row_number() over (
        partition by own.row_id order by stood.period < $period desc, stood.period desc, stood.person_key
    ) = 1
)

select
    own.source_file,
    own.source_row,
    own.person_key,
    own.village_code,
    own.programme,
    own.reason,
    own.disposition,
    own.decided_on,
    sent.sent_period,
    sent.sent_person_key
from landed_dispositions as own
left join sent using (row_id)
