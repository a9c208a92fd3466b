-- One row per recipient row of a family programme whose holder is too young and not known to be married.
-- Of a row in review the registry person it may be must be as young and as unmarried.
with married as (
    select row_id from recipients semi join married_people using (person_id)
    union
    select row_id from claimed_people where relationship in ('2', '3')
    union
    select recipients.row_id
    from recipients
    join recipient_cards using (row_id)
    join spouses on spouses.card = recipient_cards.card
    where '1' in recipients.relationships
    union
    select claimed_people.row_id
    from claimed_people
    join spouses on spouses.card = claimed_people.card
    where claimed_people.relationship = '1'
)

select
    recipients.row_id,
    [
        evidence_item(
            'age', recipients.programme, recipients.source_file, recipients.source_row, value := ages.oldest_age
        )
    ] as items
from recipients
join ages using (row_id)
left join married using (row_id)
where
    recipients.unit = 'family'
    and ages.oldest_age < $underage_holder_age
    and ages.youngest_age >= 0
    and married.row_id is null
