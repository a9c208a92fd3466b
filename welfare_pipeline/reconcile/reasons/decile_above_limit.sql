-- One row per recipient row whose registry person stands above the programme's decile limit of that date: of a range such
-- as 6 to 10 all of it.
select
    recipients.row_id,
    format(
        'decile {}, limit {}: {} row {}',
        if(
            recipients.decile_lowest = recipients.decile_highest,
            recipients.decile_lowest::varchar,
            format('{} to {}', recipients.decile_lowest, recipients.decile_highest)
        ),
        recipients.decile_limit, registry.source_file, registry.source_row
    ) as evidence
from recipients
join registry on registry.row_id = recipients.registered_id
where recipients.decile_lowest > recipients.decile_limit
