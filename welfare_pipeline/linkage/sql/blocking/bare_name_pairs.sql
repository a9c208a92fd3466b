-- One row per row of which a name and a village are all that is known, and registry person of that village with a word of
-- the name, or its beginning and end, where these are few enough: a mistyped name falls into no block of whole names.
with listed as (
    select person.row_id, person.village, person.name_id
    from person
    semi join bare_row on bare_row.row_id = person.row_id
    anti join exact_link on exact_link.row_id = person.row_id
    where not person.is_reference and person.village is not null
),

parts as (
    select name_id, hash('word', name_word.sound) as part from name_word
    union all
    select name_id, hash('beginning and word', name.compact[1], name_word.sound) from name_word join name using (name_id)
    union all
    select name_id, hash('beginning and end', sound_start, compact[-1]) from name
),

listed_blocks as (
    select listed.row_id, listed.village, parts.part from listed join parts using (name_id)
),

usable_names as (
    select name_id, part from parts where part in (select part from listed_blocks)
),

registered_blocks as (
    select person.row_id, person.village, usable_names.part
    from person
    join usable_names using (name_id)
    semi join listed_blocks on listed_blocks.village = person.village and listed_blocks.part = usable_names.part
    where person.is_reference
),

usable_blocks as (
    select village, part
    from registered_blocks
    group by village, part
    having count(*) <= $word_block_limit
)

select distinct listed_blocks.row_id as left_id, registered_blocks.row_id as right_id
from usable_blocks
join listed_blocks using (village, part)
join registered_blocks using (village, part)
