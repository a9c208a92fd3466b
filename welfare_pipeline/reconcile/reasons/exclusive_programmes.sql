-- One row per recipient row of a family programme that yields to another one the family receives.
with yielding as (
    select recipients.row_id, recipients.person_id, exclusion.excluding
    from recipients
    join programme_exclusions as exclusion using (programme)
    where recipients.unit = 'family'
),

same_person as (
    select yielding.row_id, other.row_id as other_id
    from yielding
    join recipients as other on other.programme = yielding.excluding and other.person_id = yielding.person_id
),

same_family as (
    select yielding.row_id, other.row_id as other_id
    from yielding
    join recipient_cards as card on card.row_id = yielding.row_id
    join recipient_cards as other_card on other_card.card = card.card
    join recipients as other on other.row_id = other_card.row_id and other.programme = yielding.excluding
    where not card.doubtful and not other_card.doubtful
),

excluding as (
    select * from same_person
    union
    select * from same_family
)

select
    excluding.row_id,
    [evidence_item('other_programme', other.programme, other.source_file, other.source_row)] as items
from excluding
join recipients as other on other.row_id = excluding.other_id
qualify row_number() over (partition by excluding.row_id order by other.row_id) = 1
