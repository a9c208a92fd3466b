-- One row per registry person and block in which the same person may stand twice.
select row_id, hash('nik', nik) as block
from person
where is_reference and nik is not null
union all
select row_id, hash('birth and name', birth, name_sound) as block
from person
where is_reference and birth is not null and name_id is not null
union all
select row_id, hash('card and birth', card, birth) as block
from person
where is_reference and card is not null and birth is not null
union all
select row_id, hash('card and name', card, name_sound) as block
from person
where is_reference and card is not null and name_id is not null
