-- One row per programme with grace and registered person of its list who is above its limit.
select distinct
    recipients.programme,
    recipients.decile_limit,
    recipients.grace_months,
    recipients.limit_since,
    people.person_key
from recipients
join people on people.row_id = recipients.registered_id
where recipients.decile_lowest > recipients.decile_limit and recipients.grace_months > 0
