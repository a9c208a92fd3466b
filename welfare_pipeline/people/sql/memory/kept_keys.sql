-- One row per person and the earlier key that the person keeps: the strongest claim of both. Of two persons whom earlier
-- months knew apart, one person keeps the older key, in this month as in the next; of two who claim one key, it is the
-- one's who was known by it first.
with open_claim as (
    select * from key_claim
    where person_id not in (select kept_key.person_id from kept_key)
        and person_key not in (select kept_key.person_key from kept_key)
),

best as (
    select *
    from open_claim
    qualify row_number() over (partition by person_id order by evidence desc, known_since, person_key) = 1
)

select person_id, person_key
from best
qualify row_number() over (partition by person_key order by evidence desc, first_period, person_id) = 1
