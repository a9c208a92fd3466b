-- One row per compared row and registry person that may be it: the likeliest, and whoever has its number.
with claimed as (
    -- A list seldom names one person twice, as a rule under a number issued anew, and hardly ever by two names. So this row is
    -- less likely a person whom another row of the list names: under another name as the other row is likely, under the
    -- same name where the other row is sure.
    select
        person_score.* replace (
            case
                when claimant.row_id = person_score.left_id then bits
                when name_level = 1 and nik_level < 4
                    then bits + log2(greatest(1 - claimant.probability, $least_claim_probability))
                when (nik_level in (0, 1, 3) or successive_numbers) and claimant.probability >= $same
                    then bits + log2($repeated_share)
                else bits
            end as bits
        ),
        coalesce(claimant.row_id <> person_score.left_id and claimant.probability >= $same, false) as claimed
    from person_score
    inner join person on person_score.left_id = person.row_id
    left join claimant on person.list = claimant.list and person_score.person_id = claimant.person_id
),

weighed as (
    select *, odds_of(bits) as odds, sum(odds_of(bits)) over (partition by left_id) as all_odds
    from claimed
)

select
    *,
    row_number() over (partition by left_id order by bits desc, right_id) as place,
    round(odds / (1 + all_odds), 9) as probability
from weighed
qualify place = 1 or nik_level = 4
