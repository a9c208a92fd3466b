-- One row per reason, but the first, of a recipient row with several reasons.
with landed as (
    select found.*, people.row_id, people.sex, people.mother_name
    from off_target_recipients as found
    join person_rows as people
        on people.list = found.source
        and people.source_file = found.source_file
        and people.source_row = found.source_row
    where len(found.reasons) > 1
)

select
    landed.village_code,
    landed.person_key as key,
    landed.name,
    landed.nik,
    landed.family_card_number,
    coalesce(programmes.words, landed.programme) as programme,
    format('{} [{}]', words.words, recipient_reasons.evidence_id) as evidence,
    format('{} baris {}', landed.source_file, landed.source_row) as sources,
    recipient_reasons.reason,
    landed.sex,
    landed.mother_name
from landed
join recipient_reasons on recipient_reasons.row_id = landed.row_id and recipient_reasons.reason <> landed.primary_reason
join words on words.list = 'reason' and words.code = recipient_reasons.reason
left join words as programmes on programmes.list = 'programme' and programmes.code = landed.programme
order by
    landed.village_code nulls last, landed.family_card_number nulls last, landed.name nulls last,
    landed.programme, landed.source_file, landed.source_row, words.place
