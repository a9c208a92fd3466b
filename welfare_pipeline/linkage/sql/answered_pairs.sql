-- One row per landed row and registry row that people have answered about, with the answer that holds at the month's end.
with latest as (
    select *
    from confirmed_pairs
    where decided_on is null or decided_on <= $period_end
    qualify
        rank() over (
            partition by pair_id order by decided_on desc nulls last, answered_in desc, answer
        ) = 1
),

asked as (
    select
        latest.*,
        coalesce(ours.spelling, plain_text(latest.name)) as plain_name,
        coalesce(theirs.spelling, plain_text(latest.registry_name)) as plain_registry_name
    from latest
    left join asked_spelling as ours on latest.name = ours.raw
    left join asked_spelling as theirs on latest.registry_name = theirs.raw
),

told as not materialized (
    select
        person_rows.row_id,
        person_rows.list,
        person_rows.nik,
        person_rows.family_card_number,
        coalesce(spelling.spelling, person_rows.plain_name) as plain_name
    from person_rows
    left join spelling on person_rows.name = spelling.raw
)

select l.row_id as left_id, min(r.row_id) as right_id, asked.answer
from asked
inner join told as l
    on l.list <> 'registry'
        and asked.plain_name is not distinct from l.plain_name
        and asked.nik is not distinct from l.nik
        and asked.family_card_number is not distinct from l.family_card_number
inner join told as r
    on r.list = 'registry'
        and asked.plain_registry_name is not distinct from r.plain_name
        and asked.registry_nik is not distinct from r.nik
        and asked.registry_family_card_number is not distinct from r.family_card_number
group by l.row_id, asked.pair_id, asked.answer
