-- One row per weighed pair: the band of its probability, or of the first guard that changes it or asks people.
with modelled as (
    select
        *, case when probability >= $same then 'same' when probability >= $review then 'review' else 'different' end as model_band
    from weighed_pair
),

guarded as (
    select
        modelled.left_id,
        modelled.right_id,
        modelled.model_band,
        guarded_pair.guard,
        guarded_pair.precedence,
        guarded_pair.effect,
        case guarded_pair.effect
            when 'clerical_review' then 'review'
            when 'veto' then if(modelled.model_band = 'same', 'review', modelled.model_band)
            when 'accept' then if(modelled.model_band = 'review', 'same', modelled.model_band)
        end as band
    from modelled
    inner join guarded_pair on modelled.left_id = guarded_pair.left_id and modelled.right_id = guarded_pair.right_id
),

spoken as (
    select left_id, right_id, guard, band
    from guarded
    where band <> model_band or effect = 'clerical_review'
    qualify row_number() over (partition by left_id, right_id order by precedence) = 1
)

select modelled.* exclude (model_band), spoken.guard, coalesce(spoken.band, modelled.model_band) as match_band
from modelled
left join spoken on modelled.left_id = spoken.left_id and modelled.right_id = spoken.right_id
