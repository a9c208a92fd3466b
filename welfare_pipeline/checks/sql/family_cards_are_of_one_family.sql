-- One row per registry row on a family card with too many people.
with crowded as (
    select family_card_number
    from {batch}
    where card_status = 'valid'
    group by family_card_number
    having count(*) > getvariable('family_size_limit')
)

select person.source_file || ':' || person.source_row as example
from {batch} as person
semi join crowded on person.family_card_number = crowded.family_card_number
