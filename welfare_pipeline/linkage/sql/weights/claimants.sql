-- One row per registry person and list that names people once: the row that is most likely he, and how likely.
with claims as (
    select row_id, person_id, 'infinity'::double as bits, match_probability as probability
    from exact_link
    semi join person_score using (person_id)
    union all
    select left_id, person_id, bits, odds_of(bits) / (1 + sum(odds_of(bits)) over (partition by left_id))
    from person_score
)

select
    person.list,
    claims.person_id,
    max_by(claims.row_id, row(claims.bits, claims.probability, -claims.row_id)) as row_id,
    max_by(claims.probability, row(claims.bits, claims.probability, -claims.row_id)) as probability
from claims
inner join person using (row_id)
where not person.may_repeat
group by person.list, claims.person_id
