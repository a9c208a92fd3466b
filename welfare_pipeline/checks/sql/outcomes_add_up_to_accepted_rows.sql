-- One row per programme whose outcomes are not its accepted rows.
select
    in_both(
        summary.programme || ': ' || summary.rows_accepted || ' rows accepted, '
        || summary.off_target + summary.to_verify + summary.unresolved + summary.on_target || ' with an outcome',
        coalesce(list_facts.label_id, summary.programme) || ': ' || summary.rows_accepted || ' baris diterima, '
        || summary.off_target + summary.to_verify + summary.unresolved + summary.on_target || ' berhasil dinilai'
    ) as example
from {batch} as summary
left join list_facts on list_facts.source = summary.programme
where summary.rows_accepted <> summary.off_target + summary.to_verify + summary.unresolved + summary.on_target
