-- One row per registry person and block in which the same person may stand twice.
with keys as (
    select row_id, hash('nik', nik_key) as block
    from person
    where is_reference and nik_key is not null
    union all
    select row_id, hash('birth and name', birth, name_sound_key) as block
    from person
    where is_reference and birth is not null and name_id is not null
    union all
    select row_id, hash('card and birth', card_key, birth) as block
    from person
    where is_reference and card_key is not null and birth is not null
    union all
    select row_id, hash('card and name', card_key, name_sound_key) as block
    from person
    where is_reference and card_key is not null and name_id is not null
),

shared as (
    select block from keys group by block having count(*) > 1
)

select keys.row_id, keys.block, $block_limit as most
from keys
where keys.block in (select shared.block from shared)
