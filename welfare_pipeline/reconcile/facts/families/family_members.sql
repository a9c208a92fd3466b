-- One row per listed row and recipient row it concerns: the person's own, and of family programmes those on their card.
with listed as (
    select distinct person_id from listed_people
),

carried as (
    select registry_people.card, registry_people.person_id
    from registry_people
    semi join listed using (person_id)
    anti join stray_cards using (person_id, card)
    where registry_people.card is not null
    union
    select recipient_cards.card, recipients.person_id
    from recipients
    semi join listed using (person_id)
    join recipient_cards on recipient_cards.row_id = recipients.row_id and not recipient_cards.doubtful
    where recipients.match_band <> 'review'
),

concerned as (
    select recipients.row_id, recipients.person_id
    from recipients
    semi join listed using (person_id)
    union
    select recipient_cards.row_id, carried.person_id
    from carried
    join recipient_cards on recipient_cards.card = carried.card and not recipient_cards.doubtful
    join recipients on recipients.row_id = recipient_cards.row_id
    where recipients.unit = 'family'
)

select
    concerned.row_id,
    listed_people.list,
    listed_people.wage,
    evidence_item(
        if(recipients.person_id = concerned.person_id, 'listed', 'listed_relative'),
        listed_people.list, listed_people.source_file, listed_people.source_row, value := listed_people.category
    ) as item
from concerned
join recipients using (row_id)
join listed_people on listed_people.person_id = concerned.person_id
