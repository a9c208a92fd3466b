-- One row per tenth of the facilitators' scores: how many facilitators have one there.
select
    10 * least(floor(10 * score), 9)::integer || '–' || (10 * least(floor(10 * score), 9)::integer + 10) || '%' as tenth,
    count(*) as facilitators
from facilitator_performance
where score is not null
group by tenth
order by min(score)
