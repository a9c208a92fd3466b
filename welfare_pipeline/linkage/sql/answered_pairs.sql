-- One row per landed row and registry row that people have answered about, with the answer that holds.
with latest as (
    select *
    from confirmed_pairs
    qualify
        row_number() over (
            partition by pair_id order by decided_on desc nulls last, answered_in desc, answer
        ) = 1
),

told as not materialized (
    select row_id, source_file, list, nik, name, family_card_number from listed
)

select l.row_id as left_id, min(r.row_id) as right_id, latest.answer
from latest
inner join told as l
    on l.list <> 'registry'
        and latest.name is not distinct from l.name
        and latest.nik is not distinct from l.nik
        and latest.family_card_number is not distinct from l.family_card_number
inner join told as r
    on r.list = 'registry'
        and latest.registry_name is not distinct from r.name
        and latest.registry_nik is not distinct from r.nik
        and latest.registry_family_card_number is not distinct from r.family_card_number
group by l.row_id, latest.pair_id, latest.answer
