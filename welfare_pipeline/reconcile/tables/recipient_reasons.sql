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

-- The few districts that are named: a map of all would be written out for every row.
named as (
    select coalesce(map_from_entries(list((district_names.code, district_names.name))), map {}) as names
    from district_names
    semi join (
        select item.value as code from (select unnest(items) as item from found)
    ) as mentioned using (code)
),

worded as (
    select
        found.*,
        [words_of_item_en(item, names := named.names) for item in items] as words_en,
        [words_of_item_id(item, names := named.names) for item in items] as words_id
    from found
    cross join named
)

select
    row_id,
    reason,
    certainty,
    items as evidence_items,
    evidence_en(reason, words_en) as evidence,
    evidence_id(reason, words_id) as evidence_id
from worded
