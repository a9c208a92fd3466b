-- One row per accepted recipient row and reason, with everything it rests on and how certain it is of this row.
-- Items stand in the order of their month, kind, source, file and row.
with found as (
    select
        reason_rows.row_id,
        reason_rows.reason,
        case
            when bool_or(coalesce(reason_rows.certainty, reason_rules.certainty) = 'certain') then 'certain'
            else 'to_verify'
        end as certainty,
        list_sort(list_distinct([safe_item(item) for item in flatten(list(reason_rows.items))])) as items
    from reason_rows
    join reason_rules using (reason)
    group by reason_rows.row_id, reason_rows.reason
),

worded as (
    select found.*, [words_of_item_en(item) for item in items] as words_en, [words_of_item_id(item) for item in items] as words_id
    from found
)

select
    row_id,
    reason,
    certainty,
    items as evidence_items,
    evidence_en(reason, words_en) as evidence,
    evidence_id(reason, words_id) as evidence_id
from worded
