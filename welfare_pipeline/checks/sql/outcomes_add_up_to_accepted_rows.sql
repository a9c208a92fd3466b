-- One row per programme whose outcomes are not its accepted rows.
select
    in_both(
        programme || ': ' || summary.rows_accepted || ' rows accepted, '
        || off_target + to_verify + unresolved + on_target || ' with an outcome',
        coalesce(list_facts.label_id, programme) || ': ' || summary.rows_accepted || ' baris diterima, '
        || off_target + to_verify + unresolved + on_target || ' berhasil dinilai'
    ) as example
from {batch} as summary
left join list_facts on list_facts.source = programme
where summary.rows_accepted <> off_target + to_verify + unresolved + on_target
