-- One row per answer from the field, of this and every earlier month.
with asked as (
    select
        pair_id,
        any_value(nik) as nik,
        any_value(name) as name,
        any_value(family_card_number) as family_card_number,
        any_value(registry_nik) as registry_nik,
        any_value(registry_name) as registry_name,
        any_value(registry_family_card_number) as registry_family_card_number
    from earlier_pair
    group by pair_id
)

select
    review_answers.pair_id,
    review_answers.answer,
    $period as answered_in,
    review_answers.decided_on,
    review_answers.decided_by_role,
    asked.nik,
    asked.name,
    asked.family_card_number,
    asked.registry_nik,
    asked.registry_name,
    asked.registry_family_card_number
from review_answers
inner join asked on review_answers.pair_id = asked.pair_id
qualify
    row_number() over (
        partition by review_answers.pair_id order by review_answers.decided_on desc nulls last, review_answers.row_id desc
    ) = 1
union all
select
    earlier_answer.pair_id,
    earlier_answer.answer,
    earlier_answer.answered_in,
    earlier_answer.decided_on,
    earlier_answer.decided_by_role,
    earlier_answer.nik,
    earlier_answer.name,
    earlier_answer.family_card_number,
    earlier_answer.registry_nik,
    earlier_answer.registry_name,
    earlier_answer.registry_family_card_number
from earlier_answer
