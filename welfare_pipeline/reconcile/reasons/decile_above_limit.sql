-- One row per recipient row whose registry person stands above the programme's decile limit of that date: of a range such
-- as 6 to 10 all of it.
select
    recipients.row_id,
    [
        evidence_item(
            'decile', 'registry', registry.source_file, registry.source_row,
            value := if(
                recipients.decile_lowest = recipients.decile_highest,
                recipients.decile_lowest::varchar,
                format('{}-{}', recipients.decile_lowest, recipients.decile_highest)
            )
        ),
        evidence_item('decile_limit', 'policy', null, null, value := recipients.decile_limit)
    ] as items
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.decile_lowest > recipients.decile_limit
