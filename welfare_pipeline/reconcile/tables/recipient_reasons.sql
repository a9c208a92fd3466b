-- One row per accepted recipient row and reason, with everything it rests on and how certain it is of this row: an open
-- objection makes it one to verify. Items stand in the order of their month, kind, source, file and row.
with objected as (
    select row_id, list(distinct reason) as reasons, bool_or(reason is null) as to_all
    from objected_rows
    group by row_id
),

found as (
    select
        findings.row_id,
        findings.reason,
        if(
            coalesce(objected.to_all or list_contains(objected.reasons, findings.reason), false), 'to_verify', findings.certainty
        ) as certainty,
        findings.items
    from findings
    anti join (
        select row_id, reason
        from primary_dispositions
        where disposition = 'TIDAK TERBUKTI' and coalesce(decided_on <= $period_end, true)
    ) as disproved
        on disproved.row_id = findings.row_id and disproved.reason = findings.reason
    left join objected on objected.row_id = findings.row_id
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
