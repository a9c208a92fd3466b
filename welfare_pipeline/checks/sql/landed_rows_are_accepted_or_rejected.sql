-- One row per programme whose landed rows do not add up.
with files as (
    select
        source as programme,
        sum(rows_landed) as rows_landed,
        sum(rows_accepted) as rows_accepted,
        sum(rows_rejected) as rows_rejected
    from landed_files
    where source in (select source from list_facts where programme)
    group by source
)

select
    in_both(
        programme || ': ' || coalesce(summary.rows_landed, 0) || ' rows landed, ' || coalesce(summary.rows_accepted, 0)
        || ' accepted, ' || coalesce(summary.rows_rejected, 0) || ' rejected',
        coalesce(list.label_id, programme) || ': ' || coalesce(summary.rows_landed, 0) || ' baris masuk, '
        || coalesce(summary.rows_accepted, 0) || ' diterima, ' || coalesce(summary.rows_rejected, 0) || ' ditolak'
    ) as example
from {batch} as summary
full join files using (programme)
left join (select source, label_id from list_facts) as list on list.source = coalesce(summary.programme, files.programme)
where summary.rows_landed is distinct from summary.rows_accepted + summary.rows_rejected
    or summary.rows_landed is distinct from files.rows_landed
    or summary.rows_accepted is distinct from files.rows_accepted
    or summary.rows_rejected is distinct from files.rows_rejected
