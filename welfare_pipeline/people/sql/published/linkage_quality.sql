-- One row per list, with how far its links may be trusted: the errors that the probabilities of its own links or the
-- calibration tell of (of rows that a guard accepted: its measured share), whichever are more, and upper bounds (mean plus the policy's number of standard deviations plus
-- one, the usual bound for rare errors).
with counted as (
    select
        links.source,
        count(*) as rows,
        count(*) filter (where links.match_band = 'same') as same,
        count(*) filter (where links.match_band = 'review') as review,
        count(*) filter (where links.match_band = 'different') as different,
        count(*) filter (where links.match_band = 'same' and decision.row_id is not null) as compared,
        coalesce(
            sum(coalesce(accepting.false_share, 1 - links.match_probability)::decimal(18, 9))
                filter (where links.match_band = 'same'),
            0
        ) as false_links,
        coalesce(
            sum(decision.match_probability::decimal(18, 9)) filter (where links.match_band = 'different'), 0
        ) as missed_links,
        count(crowded_row.row_id) as crowded
    from links
    left join decision on links.row_id = decision.row_id
    left join accepting on links.guard = accepting.guard and links.match_band = 'same'
    left join crowded_row on links.row_id = crowded_row.row_id
    where links.source <> 'registry'
    group by links.source
),

feared as (
    select
        source,
        greatest(false_links, (same - compared) * $false_exact + compared * $false_compared) as false_links,
        greatest(missed_links, compared * $missed_compared) as missed_links
    from counted
)

select
    counted.source,
    counted.rows,
    counted.same,
    counted.review,
    counted.different,
    feared.false_links as false_links_expected,
    feared.missed_links as missed_links_expected,
    least(ceil(feared.false_links + $error_deviations * sqrt(feared.false_links)) + 1, counted.same) as false_links_upper,
    least(ceil(feared.missed_links + $error_deviations * sqrt(feared.missed_links)) + 1, counted.different) as missed_links_upper,
    counted.crowded as rows_not_fully_compared
from counted
inner join feared on counted.source = feared.source
