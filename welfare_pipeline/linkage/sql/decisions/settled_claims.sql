-- One row per linked row; a weaker claim that contradicts the strongest of its list is left for review.
select
    linked.row_id,
    linked.registry_row_id,
    linked.person_id,
    linked.match_method,
    case when contradicted.row_id is not null then 'review' else linked.match_band end as match_band,
    linked.match_probability,
    case when contradicted.row_id is not null then 'competing_claim' else linked.guard end as guard
from linked
left join contradicted on linked.row_id = contradicted.row_id
