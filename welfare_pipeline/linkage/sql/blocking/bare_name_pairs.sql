-- One row per row of which a name and a village are all that is known, and registry person of that village with a word of
-- the name, or its beginning and end, where these are few enough: a mistyped name falls into no block of whole names.
with placed as (
    select person.row_id, person.village, person.name_id, person.sound_start, name.compact, true as is_listed
    from person
    semi join bare on bare.row_id = person.row_id
    anti join linked on linked.row_id = person.row_id
    join name using (name_id)
    where not person.is_reference and person.village is not null
),

all_placed as (
    select * from placed
    union all
    select person.row_id, person.village, person.name_id, person.sound_start, name.compact, false
    from person
    semi join placed on placed.village = person.village
    join name using (name_id)
    where person.is_reference
),

keyed as (
    select all_placed.row_id, is_listed, hash('word', name_word.sound, village) as block
    from all_placed
    join name_word using (name_id)
    union
    select all_placed.row_id, is_listed, hash('beginning and word', compact[1], name_word.sound, village)
    from all_placed
    join name_word using (name_id)
    union
    select row_id, is_listed, hash('beginning and end', sound_start, compact[-1], village)
    from all_placed
),

usable_blocks as (
    select block
    from keyed
    group by block
    having count(*) filter (not is_listed) between 1 and $bare_block_limit and bool_or(is_listed)
)

select distinct listed.row_id as left_id, registered.row_id as right_id
from usable_blocks
join keyed as listed on listed.block = usable_blocks.block and listed.is_listed
join keyed as registered on registered.block = usable_blocks.block and not registered.is_listed
