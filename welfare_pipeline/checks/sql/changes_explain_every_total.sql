-- One row per list whose rows of this month are not those of the month before with the changes.
with totals as (
    select programme, count(*) as rows from recipient_outcomes group by programme
    union all
    select 'registry', count(*) from registry having count(*) > 0
)

select
    in_both(
        changed.programme || ': ' || changed.rows_before || ' rows before, ' || coalesce(totals.rows, 0) || ' now, '
        || missing || ' unexplained',
        coalesce(list_facts.label_id, changed.programme) || ': ' || changed.rows_before || ' baris bulan lalu, '
        || coalesce(totals.rows, 0) || ' sekarang, ' || missing || ' tanpa penjelasan'
    ) as example
from {batch} as changed
left join totals on totals.programme = changed.programme
left join list_facts on list_facts.source = changed.programme
cross join lateral (
    select
        coalesce(totals.rows, 0) - changed.rows_before - changed.entered + changed.departed
        - changed.moved_in + changed.moved_out - changed.repeated_more as missing
)
where
    changed.unexplained <> 0
    or coalesce(totals.rows, 0) <> changed.rows_before + changed.entered - changed.departed
    + changed.moved_in - changed.moved_out + changed.repeated_more
