-- One row per recipient row of a family programme whose family has an earlier row in its stage: the first such row.
-- A row in review on the same card that may be the same registry person counts as that person: it is no other member.
with carried as (
    select
        recipients.row_id,
        recipients.programme,
        recipients.stage,
        recipients.person_id,
        coalesce(claimed_people.person_id, recipients.person_id) as holder_id,
        recipient_cards.card
    from recipients
    join recipient_cards using (row_id)
    left join claimed_people using (row_id)
    where recipients.unit = 'family' and not recipient_cards.doubtful
),

placed as (
    select
        row_id,
        person_id,
        holder_id,
        first_value(row_id) over same_family as first_id,
        first_value(person_id) over same_family as first_person_id,
        first_value(holder_id) over same_family as first_holder_id
    from carried
    window same_family as (partition by programme, stage, card order by row_id)
)

select
    placed.row_id,
    placed.first_id,
    placed.holder_id = placed.first_holder_id
    or placed.person_id = placed.first_person_id
    or twice_listed.row_id is not null as same_person
from placed
left join twice_listed on twice_listed.row_id = placed.row_id and twice_listed.earlier_id = placed.first_id
where placed.first_id < placed.row_id
qualify row_number() over (partition by placed.row_id order by placed.first_id) = 1
