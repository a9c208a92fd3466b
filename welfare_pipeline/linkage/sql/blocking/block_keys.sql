-- One row per person of `blocked` and block the person falls into: only people of one block of at most `most` registry
-- rows are compared. Single words block rare words only.
select row_id, $block_limit as most, hash('nik', nik_key) as block
from blocked
where nik_key is not null
union all
select row_id, $block_limit as most, hash('card', card_key) as block
from blocked
where card_key is not null and (name_id is not null or nik_key is not null)
union all
select row_id, $block_limit as most, hash('birth and sound', birth, sound_start) as block
from blocked
where birth is not null and name_id is not null
union all
select row_id, $block_limit as most, hash('birth and village', birth, village) as block
from blocked
where birth is not null and village is not null
union all
select row_id, $block_limit as most, hash('birth and village', other_birth, village) as block
from blocked
where other_birth is not null and village is not null
union all
select row_id, $block_limit as most, hash('start of number and village', nik[:11], village) as block
from blocked
where nik is not null and village is not null
union all
select row_id, $block_limit as most, hash('end of number and village', nik[-10:], village) as block
from blocked
where nik is not null and village is not null
union all
select row_id, $block_limit as most, hash('name and village', name_sound_key, village) as block
from blocked
where name_id is not null and village is not null
union all
select row_id, $block_limit as most, hash('name and mother', name_sound_key, mother_id) as block
from blocked
where name_id is not null and mother_id is not null
union all
select row_id, $block_limit as most, hash('first half and name', left(nik, length(nik) // 2), name_sound_key) as block
from blocked
where name_id is not null and nik is not null
union all
select row_id, $block_limit as most, hash('second half and name', nik[-(length(nik) // 2):], name_sound_key) as block
from blocked
where name_id is not null and nik is not null
union all
select row_id, $block_limit as most, hash('end of card and name', card[-(length(card) * 5 // 8):], sound_start) as block
from blocked
where name_id is not null and card is not null
union all
select row_id, $block_limit as most, hash('mother and village', mother_sound_key, village) as block
from blocked
where mother_id is not null and village is not null and $word_block_limit > 0
union all
select row_id, $block_limit as most, hash('mother and birth', mother_id, birth) as block
from blocked
where mother_id is not null and birth is not null and $word_block_limit > 0
union all
select person.row_id, $word_block_limit as most, hash('word and birth', name_word.sound, person.birth) as block
from blocked as person
inner join name_word on person.name_id = name_word.name_id
where person.birth is not null and $word_block_limit > 0
union all
select person.row_id, $word_block_limit as most, hash('word and village', name_word.sound, person.village) as block
from blocked as person
inner join name_word on person.name_id = name_word.name_id
where person.village is not null and $word_block_limit > 0
union all
select person.row_id, $word_block_limit as most, hash('word and mother', name_word.sound, person.mother_sound_key) as block
from blocked as person
inner join name_word on person.name_id = name_word.name_id
where person.mother_id is not null and $word_block_limit > 0
union all
select person.row_id, $word_block_limit as most, hash('mother word', name_word.sound, person.village) as block
from blocked as person
inner join name_word on person.mother_id = name_word.name_id
where person.village is not null and $word_block_limit > 0
union all
select row_id, $rare_block_limit as most, hash('rare name', name_sound_key) as block
from blocked
where name_id is not null and $rare_block_limit > 0
union all
select row_id, $rare_block_limit as most, hash('rare mother', mother_sound_key) as block
from blocked
where mother_id is not null and $rare_block_limit > 0
union all
select row_id, $word_block_limit as most, hash('first and last word', ends_key) as block
from blocked
where name_id is not null and $word_block_limit > 0
union all
select row_id, $word_block_limit as most, hash('mother, first and last word', mother_ends_key) as block
from blocked
where mother_id is not null and $word_block_limit > 0
union all
select row_id, $word_block_limit as most, hash('birth', birth) as block
from blocked
where birth is not null and $word_block_limit > 0
union all
select person.row_id, $rare_block_limit as most, hash('rare word', name_word.sound) as block
from blocked as person
inner join name_word on person.name_id = name_word.name_id
where $rare_block_limit > 0
union all
select person.row_id, $rare_block_limit as most, hash('rare word of mother', name_word.sound) as block
from blocked as person
inner join name_word on person.mother_id = name_word.name_id
where $rare_block_limit > 0
