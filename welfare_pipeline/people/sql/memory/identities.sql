-- One row per way in which the month's lists name a person, with the rows that name so and what is known of it by keyed
-- hashes: each part is hashed once, with the secret, and its halves are put together with others' (xor), so that neither
-- name nor birth date can be had alone. `number` is remembered of rows with nothing beside it only.
-- Without birth date and number, a name in a village is somebody's; beside a number it says too little.
-- `identity` stays with this DuckDB's hash(): with another one, everybody is known by the other columns once more.
with ways as (
    select
        case when nik_valid then nik end as nik,
        name_sound_key as name,
        birth_date,
        card,
        village,
        list(row_id) as row_ids
    from person
    group by all
),

keyed_name as (
    select name, md5_number($secret || 'name|' || name) as hashed from (select distinct ways.name from ways)
),

keyed_birth as (
    select birth_date, md5_number($secret || 'birth|' || birth_date) as hashed from (select distinct ways.birth_date from ways)
),

keyed_card as (
    select card, md5_number_lower($secret || 'card|' || card) as hashed from (select distinct ways.card from ways)
),

keyed_village as (
    select village, md5_number_lower($secret || 'village|' || village) as hashed
    from (select distinct ways.village from ways)
),

hashed as (
    select
        ways.row_ids,
        md5_number($secret || 'number|' || ways.nik) as number,
        keyed_name.hashed as name,
        keyed_birth.hashed as birth,
        keyed_card.hashed as card,
        keyed_village.hashed as village
    from ways
    left join keyed_name on ways.name = keyed_name.name
    left join keyed_birth on ways.birth_date = keyed_birth.birth_date
    left join keyed_card on ways.card = keyed_card.card
    left join keyed_village on ways.village = keyed_village.village
),

halves as (
    select
        row_ids,
        (number >> 64)::ubigint as number, -- what md5_number_lower gives
        (number & 18446744073709551615::uhugeint)::ubigint as number_pad,
        (name & 18446744073709551615::uhugeint)::ubigint as name,
        (name >> 64)::ubigint as name_pad,
        (birth & 18446744073709551615::uhugeint)::ubigint as birth,
        coalesce((birth >> 64)::ubigint, 0) as birth_pad,
        card,
        village
    from hashed
)

select
    row_ids,
    name is null and birth is null as bare,
    hash(number, name, birth, card, village) as identity,
    number,
    xor(number_pad, name) as number_name,
    xor(number_pad, birth) as number_birth,
    xor(xor(name_pad, birth_pad), card) as name_card,
    case when birth is not null or number is null then xor(xor(name_pad, birth_pad), village) end as name_village
from halves
