-- One row per answer from the field, of this and every earlier month, and shape in which its pair was ever asked about.
with answers as (
    select pair_id, answer, $period as answered_in, decided_on, decided_by_role
    from review_answers
    qualify row_number() over (partition by pair_id, decided_on order by row_id desc) = 1
    union all
    select distinct pair_id, answer, answered_in, decided_on, decided_by_role from earlier_answer
),

asked as (
    select
        pair_id, nik, name, family_card_number, registry_nik, registry_name, registry_family_card_number
    from earlier_pair
    union
    select
        pair_id, nik, name, family_card_number, registry_nik, registry_name, registry_family_card_number
    from earlier_answer
)

select
    answers.pair_id,
    answers.answer,
    answers.answered_in,
    answers.decided_on,
    answers.decided_by_role,
    asked.nik,
    asked.name,
    asked.family_card_number,
    asked.registry_nik,
    asked.registry_name,
    asked.registry_family_card_number
from answers
inner join asked on answers.pair_id = asked.pair_id
