-- One row per registry row on a family card with too many people.
select row_id, source_file || ':' || source_row as example
from {batch}
semi join (from person_rows where card_status = 'valid' and usable_card is null) as crowded using (row_id)
