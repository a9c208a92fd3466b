-- One row per two registry persons that share a birth date or half a NIK: a random sample is too small to meet them.
with people as (
    select row_id, nik, birth, name_id from person where is_reference or not $has_reference order by hash(row_id) limit $people
),

half_numbers as (
    select row_id, hash('first', nik[1:8]) as block from people where nik is not null
    union all
    select row_id, hash('last', nik[9:]) as block from people where nik is not null
    union all
    select row_id, hash('birth', birth) as block from people where birth is not null
)

select distinct l.row_id as left_id, r.row_id as right_id
from half_numbers as l
inner join half_numbers as r on l.block = r.block and l.row_id > r.row_id
