-- One row per landed row and earlier key of an answered question under which it is known, if no other key is better.
with asked_key as (
    select person_key from standing_answer
    union
    select registry_person_key from standing_answer
),

known_by as (
    select named.row_id, recognised.identity, recognised.person_key, recognised.evidence, recognised.first_period
    from recognised
    inner join (select identity, unnest(row_ids) as row_id from identity) as named using (identity)
    where recognised.identity in (
        select known.identity from recognised as known where known.person_key in (select asked_key.person_key from asked_key)
    )
    union all
    select recognised_id.row_id, null, recognised_id.person_key, recognised_id.evidence, recognised_id.first_period
    from recognised_id
),

candidates as (
    select row_id, person_key, min(identity) as identity, bit_or(evidence) as evidence, min(first_period) as first_period
    from known_by
    where row_id in (
        select known.row_id from known_by as known where known.person_key in (select asked_key.person_key from asked_key)
    )
    group by row_id, person_key
),

strongest as (
    select *, max(evidence) over (partition by row_id) as most from candidates
)

select strongest.row_id, strongest.identity, strongest.person_key, strongest.first_period, person.is_reference
from strongest
inner join person on strongest.row_id = person.row_id
where strongest.evidence = strongest.most and strongest.person_key in (select asked_key.person_key from asked_key)
