-- One row per recipient row and earlier row of its programme and stage that agree in family card, birth date and name,
-- whatever their numbers: the words of the names are equal, or those of one (enough of them) all stand in the other.
-- One word is enough where the numbers differ in their last digits alone. Twins share card and birth date, too, but not
-- their name, and have numbers that follow each other: whom the registry knows as two people are two.
with paired as (
    select
        later.row_id,
        earlier.row_id as earlier_id,
        coalesce(earlier.settled_person_id <> later.settled_person_id and earlier.linked and later.linked, false)
            as registered_as_two,
        case
            when earlier.nik_status = 'valid' and later.nik_status = 'valid' and earlier.nik[:12] = later.nik[:12]
                then abs(try_cast(earlier.nik[13:] as integer) - try_cast(later.nik[13:] as integer))
        end as numbers_apart
    from recipients as later
    join recipient_cards as later_card on later_card.row_id = later.row_id
    join recipient_cards as earlier_card on earlier_card.card = later_card.card
    join recipients as earlier
        on earlier.row_id = earlier_card.row_id
        and earlier.birth_date = later.birth_date
        and earlier.programme = later.programme
        and earlier.stage = later.stage
        and earlier.row_id < later.row_id
    where earlier.person_id <> later.person_id
),

named as (
    select row_id, list_distinct(string_split(plain_name, ' ')) as words
    from person_rows
    semi join (select row_id from paired union all select earlier_id from paired) as asked using (row_id)
    where plain_name is not null
)

select paired.row_id, min(paired.earlier_id) as earlier_id
from paired
join named as later on later.row_id = paired.row_id
join named as earlier on earlier.row_id = paired.earlier_id
where
    len(list_intersect(later.words, earlier.words)) = least(len(later.words), len(earlier.words))
    and not paired.registered_as_two
    and (
        len(later.words) = len(earlier.words)
        or case
            when least(len(later.words), len(earlier.words)) >= $words_in_longer_name
                then coalesce(paired.numbers_apart < 1 or paired.numbers_apart >= $twice_listed_serials, true)
            else coalesce(paired.numbers_apart >= $twice_listed_serials, false)
        end
    )
group by paired.row_id
