-- One row per landed row and registry row of two persons that people have answered about, with the answer that holds.
-- A row that is known by both keys (they were one person for a while) is of the one by which it was known first.
with known as (
    select
        standing_answer.answer,
        standing_answer.dated_on,
        standing_answer.period,
        standing_answer.row_id as answer_id,
        asked_row.row_id,
        asked_row.is_reference,
        min(asked_row.first_period) filter (where asked_row.person_key = standing_answer.person_key) as known_since,
        min(asked_row.first_period) filter (where asked_row.person_key = standing_answer.registry_person_key) as registry_since
    from standing_answer
    inner join asked_row
        on asked_row.person_key = standing_answer.person_key or asked_row.person_key = standing_answer.registry_person_key
    group by all
),

sides as (
    select
        *,
        coalesce(
            known_since < registry_since or (known_since = registry_since and not is_reference), registry_since is null
        ) as is_first
    from known
),

pairs as (
    select l.row_id as left_id, r.row_id as right_id, l.answer, l.dated_on, l.period, l.answer_id
    from sides as l
    inner join sides as r on l.answer_id = r.answer_id and l.period = r.period
    where not l.is_reference
        and r.is_reference
        and (l.is_first or l.answer = 'DIFFERENT')
        and (l.is_first <> r.is_first or l.answer = 'SAME')
)

select left_id, right_id, answer
from pairs
qualify row_number() over (partition by left_id, right_id order by dated_on desc, period desc, answer_id desc) = 1
