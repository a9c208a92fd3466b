-- One row per person and earlier key under which the person is known, with all that speaks for it.
with claims as (
    select identity_person.person_id, recognised.person_key, recognised.evidence, recognised.first_period
    from recognised
    inner join identity_person on recognised.identity = identity_person.identity
    union all
    select person_row.person_id, recognised_id.person_key, recognised_id.evidence, recognised_id.first_period
    from recognised_id
    inner join person_row on recognised_id.row_id = person_row.row_id
)

select person_id, person_key, bit_or(evidence) as evidence, min(first_period) as first_period
from claims
group by person_id, person_key
