-- One row per answer from the field that counts by the month's end, about two persons by their keys. An undated one is of
-- the last day of the month that first brought it.
with answers as (
    select $period as period, row_id, source_file, source_row, pair_id, answer, decided_on, decided_by_role
    from review_answers
    union all
    select period, row_id, source_file, source_row, pair_id, answer, decided_on, decided_by_role from earlier_answer
),

asked as (
    select pair_id, person_key, registry_person_key from earlier_pair
    union
    select pair_id, person_key, registry_person_key from earlier_answer where registry_person_key is not null
),

about as (
    select pair_id, min_by(asked, row(asked.person_key, asked.registry_person_key)) as persons from asked group by pair_id
)

select
    answers.*,
    about.persons.person_key as person_key,
    about.persons.registry_person_key as registry_person_key,
    coalesce(
        answers.decided_on,
        last_day((min(answers.period) over (partition by answers.pair_id, answers.answer, answers.decided_on) || '-01')::date)
    ) as dated_on
from answers
left join about on answers.pair_id = about.pair_id
