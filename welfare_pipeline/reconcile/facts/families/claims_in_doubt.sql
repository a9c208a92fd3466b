-- One row per landed row of an earlier month that is evidence of poverty and that people have still to settle: whose it is,
-- and the registry row of that month that it may be about. A fact of its own: DuckDB then knows how few they are.
select claims.place, claims.period, told.person_key, told.registry_row_id
from poverty_claims as claims
join earlier_links as told on told.period = claims.period and told.row_id = claims.row_id
where
    claims.evidence in ('PROPOSED', 'JUDGED_ELIGIBLE', 'COMPLAINT')
    and claims.period < $period
    and claims.match_band = 'review'
    and told.match_band = 'review'
