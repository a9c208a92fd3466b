-- One row per registry person and list that names people once: the row that is most likely he, and how likely.
with weighed as (
    select
        left_id as row_id,
        person_id,
        bits,
        odds_of(bits) / (1 + sum(odds_of(bits)) over (partition by left_id)) as probability
    from person_score
),

claims as (
    select row_id, person_id, 'infinity'::double as bits, match_probability as probability
    from exact_link
    where person_id in (select person_score.person_id from person_score)
    union all
    select row_id, person_id, bits, probability from weighed
)

select
    person.list,
    claims.person_id,
    max_by(claims.row_id, row(claims.bits, claims.probability, -claims.row_id)) as row_id,
    max_by(claims.probability, row(claims.bits, claims.probability, -claims.row_id)) as probability
from claims
inner join person on claims.row_id = person.row_id
where not person.may_repeat
group by person.list, claims.person_id
