-- One row per spelling of enough letters and sound of one of its words.
select distinct name_id, unnest(string_split(sound, ' ')) as sound
from name
where length(sound) >= $block_word_letters
