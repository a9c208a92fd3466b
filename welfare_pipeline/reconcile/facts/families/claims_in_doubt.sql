-- One row per landed row of an earlier month that is evidence of poverty and whose link is in clerical review: the key of its
-- person, and the registry row of that month in the pair. A table of its own: DuckDB then knows how few rows it has.
select claims.place, claims.period, told.person_key, told.registry_row_id
from poverty_claims as claims
join earlier_links as told on told.period = claims.period and told.row_id = claims.row_id
where
    claims.evidence in ('PROPOSED', 'JUDGED_ELIGIBLE', 'COMPLAINT')
    and claims.period < $period
    and claims.match_band = 'review'
    and told.match_band = 'review'
