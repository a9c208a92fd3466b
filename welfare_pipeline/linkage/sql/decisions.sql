-- One row per compared row with its best registry person and how far that may be trusted.
with denied as (
    select answered_pair.left_id as row_id, registry_person.person_id
    from answered_pair
    inner join registry_person on answered_pair.right_id = registry_person.row_id
    where answered_pair.answer = 'DIFFERENT'
),

-- whose number the list itself shows beside the row's
listed_twins as (
    select distinct pair_score.left_id as row_id, linked.person_id
    from pair_score
    inner join person as l on pair_score.left_id = l.row_id
    inner join registry_person on pair_score.right_id = registry_person.row_id
    inner join linked on registry_person.person_id = linked.person_id
    inner join person as listed on linked.row_id = listed.row_id and l.list = listed.list
    where pair_score.twins
),

best_of_person as (
    select pair_score.*, registry_person.person_id
    from pair_score
    inner join registry_person on pair_score.right_id = registry_person.row_id
    left join denied
        on pair_score.left_id = denied.row_id and registry_person.person_id = denied.person_id
    left join listed_twins
        on pair_score.left_id = listed_twins.row_id and registry_person.person_id = listed_twins.person_id
    where denied.row_id is null and listed_twins.row_id is null
    qualify
        row_number() over (
            partition by pair_score.left_id, registry_person.person_id
            order by pair_score.bits desc, pair_score.right_id
        ) = 1
),

weighed as (
    select *, pow(2, least(bits, 60)) as odds, sum(pow(2, least(bits, 60))) over (partition by left_id) as all_odds
    from best_of_person
),

best as (
    select
        *,
        round(odds / (1 + all_odds), 9) as probability,
        $relatives and shortened and not twins and odds >= $same * all_odds as shortened_name,
        $relatives and name_level = 1 and not (nik_level = 4 and birth_level >= 3) as other_name,
        $relatives and not family and nik_level < 3 and birth_level < 2 and card_level < 2 and mother_level < 2 as only_name_and_village
    from weighed
    qualify row_number() over (partition by left_id order by bits desc, right_id) = 1
)

select
    left_id as row_id,
    right_id as registry_row_id,
    person_id,
    case when nik_level = 4 then 'nik' when family then 'family_card' else 'probabilistic' end as match_method,
    case
        when conflict then 'review'
        when probability >= $same and not other_name and not only_name_and_village and not twins and not elsewhere
            then 'same'
        when shortened_name and probability >= $review then 'same'
        when probability >= $review then 'review'
        else 'different'
    end as match_band,
    case
        when conflict then least(greatest(probability, $review), $same)
        when shortened_name and probability >= $review then greatest(probability, $same)
        when twins or elsewhere then least(probability, $same)
        else probability
    end as match_probability
from best
