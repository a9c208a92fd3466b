-- One row per person and block the person falls into: only people of one block are compared.
select row_id, is_reference, hash('nik', nik_key) as block
from person
where nik_key is not null
union all
select row_id, is_reference, hash('card', card_key) as block
from person
where card_key is not null and (name_id is not null or nik_key is not null)
union all
select row_id, is_reference, hash('birth and sound', birth, sound_start) as block
from person
where birth is not null and name_id is not null
union all
select row_id, is_reference, hash('birth and village', birth, village) as block
from person
where birth is not null and village is not null
union all
select row_id, is_reference, hash('name and village', name_sound_key, village) as block
from person
where name_id is not null and village is not null
union all
select row_id, is_reference, hash('name and mother', name_sound_key, mother_id) as block
from person
where name_id is not null and mother_id is not null
union all
select row_id, is_reference, hash('first half and name', nik[:length(nik) // 2], name_sound_key) as block
from person
where name_id is not null and nik is not null
union all
select row_id, is_reference, hash('second half and name', nik[-(length(nik) // 2):], name_sound_key) as block
from person
where name_id is not null and nik is not null
union all
select row_id, is_reference, hash('half card and name', card[-(length(card) // 2):], sound_start) as block
from person
where name_id is not null and card is not null
