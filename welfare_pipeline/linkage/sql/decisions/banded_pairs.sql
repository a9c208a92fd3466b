-- One row per weighed pair: the band of its probability, or of the first guard that changes it or asks people.
with modelled as (
    select
        *, case when probability >= $same then 'same' when probability >= $review then 'review' else 'different' end as model_band
    from weighed_pair
),

spoken as (
    select
        left_id,
        right_id,
        guarded_pair.guard,
        case guarded_pair.effect
            when 'clerical_review' then 'review'
            when 'veto' then if(model_band = 'same', 'review', model_band)
            when 'accept' then if(model_band = 'review', 'same', model_band)
        end as band
    from modelled
    inner join guarded_pair using (left_id, right_id)
    where band <> model_band or guarded_pair.effect = 'clerical_review'
    qualify row_number() over (partition by left_id, right_id order by guarded_pair.precedence) = 1
)

select modelled.* exclude (model_band), spoken.guard, coalesce(spoken.band, modelled.model_band) as match_band
from modelled
left join spoken using (left_id, right_id)
