-- One row per recipient row of a programme with a decile limit whose registry person is said to have no decile.
select
    recipients.row_id,
    format('not ranked, limit {}: {} row {}', recipients.decile_limit, registry.source_file, registry.source_row) as evidence
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.unranked and recipients.decile_limit is not null
