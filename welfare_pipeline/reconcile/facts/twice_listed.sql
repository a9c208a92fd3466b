-- One row per recipient row and earlier row of its programme and stage that agree in family card, birth date and name,
-- whatever their numbers: the words of the names are equal, or those of one (at least two) all stand in the other.
-- Twins share card and birth date, too, but not their name.
with paired as (
    select later.row_id, earlier.row_id as earlier_id
    from recipients as later
    join recipient_cards as later_card on later_card.row_id = later.row_id
    join recipient_cards as earlier_card on earlier_card.card = later_card.card
    join recipients as earlier
        on earlier.row_id = earlier_card.row_id
        and earlier.birth_date = later.birth_date
        and earlier.programme = later.programme
        and earlier.stage = later.stage
        and earlier.row_id < later.row_id
    where coalesce(earlier.person_id <> later.person_id, false)
),

named as (
    select
        row_id,
        list_distinct(string_split(trim(regexp_replace(upper(name), '[^A-Z]+', ' ', 'g')), ' ')) as words
    from recipient_rows
    semi join (select row_id from paired union all select earlier_id from paired) as asked using (row_id)
    where name is not null
)

select paired.row_id, min(paired.earlier_id) as earlier_id
from paired
join named as later on later.row_id = paired.row_id
join named as earlier on earlier.row_id = paired.earlier_id
where
    len(list_intersect(later.words, earlier.words)) = least(len(later.words), len(earlier.words))
    and (len(later.words) = len(earlier.words) or least(len(later.words), len(earlier.words)) >= 2)
group by paired.row_id
