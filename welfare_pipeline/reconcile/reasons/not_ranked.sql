-- One row per recipient row of a programme with a decile limit whose registry person is said to have no decile.
select
    recipients.row_id,
    [
        evidence_item('unranked', 'registry', registry.source_file, registry.source_row),
        evidence_item('decile_limit', 'policy', null, null, value := recipients.decile_limit)
    ] as items
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.unranked and recipients.decile_limit is not null
