-- One row per list, with how far its links may be trusted: expected errors from the probabilities of its own links, and
-- upper bounds (mean plus 1.96 standard deviations plus one, the usual bound for rare errors).
with counted as (
    select
        links.source,
        count(*) as rows,
        count(*) filter (where links.match_band = 'same') as same,
        count(*) filter (where links.match_band = 'review') as review,
        count(*) filter (where links.match_band = 'different') as different,
        coalesce(sum(1 - links.match_probability) filter (where links.match_band = 'same'), 0) as false_links,
        coalesce(sum(decision.match_probability) filter (where links.match_band = 'different'), 0) as missed_links,
        count(crowded_row.row_id) as crowded
    from links
    left join decision on links.row_id = decision.row_id
    left join crowded_row on links.row_id = crowded_row.row_id
    where links.source <> 'registry'
    group by links.source
)

select
    source,
    rows,
    same,
    review,
    different,
    false_links as false_links_expected,
    missed_links as missed_links_expected,
    least(ceil(false_links + 1.96 * sqrt(false_links)) + 1, same) as false_links_upper,
    least(ceil(missed_links + 1.96 * sqrt(missed_links)) + 1, different) as missed_links_upper,
    crowded as rows_not_fully_compared
from counted
