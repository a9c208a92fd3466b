-- One row per compared row with its best registry person and how far that may be trusted. The owner of the row's number
-- by another name and birth date comes before one with whom it has next to nothing in common.
with claimed as (
    -- no list names one person by two names: whom another row names already, this one names the less likely
    select
        person_score.* replace (
            case
                when claimant.row_id <> person_score.left_id and name_level = 1 and nik_level < 4
                    then bits + log2(greatest(1 - claimant.probability, $least_claim_probability))
                else bits
            end as bits
        )
    from person_score
    inner join person on person_score.left_id = person.row_id
    left join claimant on person.list = claimant.list and person_score.person_id = claimant.person_id
),

weighed as (
    select *, odds_of(bits) as odds, sum(odds_of(bits)) over (partition by left_id) as all_odds
    from claimed
),

judged as (
    select
        *,
        row_number() over (partition by left_id order by bits desc, right_id) as place,
        round(odds / (1 + all_odds), 9) as probability,
        $relatives and shortened and not twins and odds >= $same * all_odds as shortened_name,
        $relatives and name_level = 1 and not (nik_level = 4 and birth_level >= 3) as other_name
    from weighed
    qualify place = 1 or conflict
),

banded as (
    select
        *,
        case
            when conflict then 'review'
            when probability >= $same and not other_name and not ($relatives and only_name_and_village) and not twins
                and not elsewhere and not born_elsewhen and not perhaps_twin and not perhaps_namesake
                and not number_alone
                then 'same'
            when (shortened_name or (issued_anew and name_level = 5)) and probability >= $review then 'same'
            when probability >= $review or nearly_equal then 'review'
            else 'different'
        end as match_band
    from judged
)

select
    left_id as row_id,
    right_id as registry_row_id,
    person_id,
    case when nik_level = 4 then 'nik' when family then 'family_card' else 'probabilistic' end as match_method,
    match_band,
    case
        when conflict then least(greatest(probability, $review), $same)
        when (shortened_name or (issued_anew and name_level = 5)) and probability >= $review
            then greatest(probability, $same)
        when twins or elsewhere or born_elsewhen or perhaps_twin or perhaps_namesake or number_alone then least(probability, $same)
        when nearly_equal then greatest(probability, $review)
        else probability
    end as match_probability
from banded
qualify row_number() over (partition by left_id order by place = 1 and match_band <> 'different' desc, conflict desc, place) = 1
