-- One row per recipient row whose registry person stands above the programme's decile limit of that date.
select
    row_id,
    format('decile {}, limit {}: {} row {}', decile, decile_limit, registry_file, registry_row) as evidence
from recipients
where decile > decile_limit
