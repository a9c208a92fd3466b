-- One row per row with a link; a weaker claim that contradicts the strongest of its list is left for review.
select found_link.* replace (
    case when contradicted.row_id is not null then 'review' else match_band end as match_band,
    case when contradicted.row_id is not null then 'competing_claim' else guard end as guard
)
from found_link
left join contradicted on found_link.row_id = contradicted.row_id
