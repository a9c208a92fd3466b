-- One row per spelling and sound of one of its words of at least three letters.
select distinct name_id, unnest(string_split(sound, ' ')) as sound
from name
where length(sound) >= 3
