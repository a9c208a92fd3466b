-- One row per registry row on a family card with too many people.
select row_id, source_file || ':' || source_row as example
from {batch}
where card_status = 'valid'
    and family_card_number in (select card from oversize_cards(getvariable('family_size_limit')))
