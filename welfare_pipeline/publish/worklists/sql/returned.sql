-- One row per landed row that DTSEN would return to whoever sent it. The registry's own rows nobody here has sent.
with returned as (
    select repair.*, people.birth_date, people.row_id
    from identity_repairs as repair
    join person_rows as people
        on people.list = repair.source
        and people.source_file = repair.source_file
        and people.source_row = repair.source_row
    where len(repair.returned_because) > 0 and repair.source <> 'registry'
),

said as (
    select returned.row_id, string_agg(words.words, ' ' order by words.place) as because
    from returned, unnest(returned.returned_because) as item (code)
    join words on words.list = 'returned_because' and words.code = item.code
    group by returned.row_id
)

select
    returned.village_code,
    returned.row_id::varchar as key,
    returned.name,
    returned.nik,
    returned.family_card_number,
    strftime(returned.birth_date, '%d/%m/%Y') as birth_date,
    returned.address,
    coalesce(lists.words, returned.source) as list,
    said.because,
    concat_ws(
        ' ',
        case when list_contains(returned.returned_because, 'NIK_INVALID') then numbers.words end,
        case when list_contains(returned.returned_because, 'CARD_INVALID') then cards.words end
    ) as evidence,
    concat_ws(' ', steps.words, case when returned.next_step <> 'READ_CARD_NUMBER' and list_contains(returned.returned_because, 'CARD_INVALID') then card_step.words end) as action,
    format('{} baris {}', returned.source_file, returned.source_row) as sources
from returned
join said using (row_id)
join words as steps on steps.list = 'repair_step' and steps.code = returned.next_step
join words as card_step on card_step.list = 'repair_step' and card_step.code = 'READ_CARD_NUMBER'
left join words as lists on lists.list = 'list' and lists.code = returned.source
left join words as numbers on numbers.list = 'nik_status' and numbers.code = returned.nik_status
left join words as cards on cards.list = 'card_status' and cards.code = returned.card_status
order by
    returned.village_code nulls last, returned.source, returned.source_file, returned.source_row
