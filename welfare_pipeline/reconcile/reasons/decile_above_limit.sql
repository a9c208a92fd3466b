-- One row per recipient row whose registry person stands above the programme's decile limit of that date.
select
    recipients.row_id,
    format(
        'decile {}, limit {}: {} row {}', recipients.decile, recipients.decile_limit, registry.source_file, registry.source_row
    ) as evidence
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.decile > recipients.decile_limit
