-- One row per person and earlier key under which the person is known, with all that speaks for it. `first_period`: since
-- when the person is known by the key, `known_since`: since when anybody is, which is the same for all who claim it.
with claims as (
    select identity_person.person_id, recognised.person_key, recognised.evidence, recognised.first_period
    from recognised
    inner join identity_person on recognised.identity = identity_person.identity
    union all
    select person_row.person_id, recognised_id.person_key, recognised_id.evidence, recognised_id.first_period
    from recognised_id
    inner join person_row on recognised_id.row_id = person_row.row_id
),

known_key_since as (
    select person_key, min(period) as known_since from known_person group by person_key
)

select
    claims.person_id,
    claims.person_key,
    bit_or(claims.evidence) as evidence,
    min(claims.first_period) as first_period,
    min(known_key_since.known_since) as known_since
from claims
left join known_key_since on claims.person_key = known_key_since.person_key
group by claims.person_id, claims.person_key
