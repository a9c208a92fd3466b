-- One row per recipient row of a programme with a decile limit whose registry person is said to have no decile, and in which
-- quarter's ranks.
select
    recipients.row_id,
    list_filter(
        [
            evidence_item('unranked', 'registry', registry.source_file, registry.source_row),
            case
                when coalesce(registry.snapshot, $snapshot) is not null
                    then evidence_item('snapshot', 'registry', null, null, value := coalesce(registry.snapshot, $snapshot))
            end,
            evidence_item('decile_limit', 'policy', null, null, value := recipients.decile_limit)
        ],
        lambda item: item is not null
    ) as items
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.unranked and recipients.decile_limit is not null
