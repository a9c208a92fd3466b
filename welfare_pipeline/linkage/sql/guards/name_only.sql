-- A name and nothing else is known of the row: neither number nor birth date, nor a card the registry has. Whether that
-- person is registered cannot be said.
-- Effect: clerical_review
-- Case: a name and nothing else
select row_id
from person
where name_id is not null
    and not nik_valid
    and birth_date is null
    and (card is null or card_key not in (select card_key from person where is_reference and card is not null))
