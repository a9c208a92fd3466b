-- One row per row with a link; a weaker claim that contradicts the strongest of its list is left for review.
select
    found_link.row_id,
    found_link.registry_row_id,
    found_link.person_id,
    found_link.match_method,
    case when contradicted.row_id is not null then 'review' else found_link.match_band end as match_band,
    found_link.match_probability,
    case when contradicted.row_id is not null then 'competing_claim' else found_link.guard end as guard
from found_link
left join contradicted on found_link.row_id = contradicted.row_id
