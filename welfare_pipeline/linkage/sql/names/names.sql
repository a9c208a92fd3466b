-- One row per distinct spelling of a name, with the share of people who bear it or whose mother does.
with spellings as (
    select
        spelling.spelling,
        min(spelling.sorted) as sorted,
        min(spelling.compact) as compact,
        min(spelling.sound) as sound,
        min(spelling.words) as words,
        sum(landed_name.people) as people
    from spelling
    inner join landed_name on spelling.raw = landed_name.name
    group by spelling.spelling
)

select
    row_number() over (order by spelling)::integer as name_id,
    spelling,
    sorted,
    compact,
    coalesce(nullif(sound, ''), sorted) as sound,
    md5_number_lower(coalesce(nullif(sound, ''), sorted)) as sound_key,
    coalesce(nullif(sound, ''), sorted)[1:2] as sound_start,
    list_bit_or(
        list_transform(
            words,
            lambda word: (1::hugeint << (hash(word[1:3]) % 126)::integer)
            | (1::hugeint << (hash('-' || word[-3:]) % 126)::integer)
        )
    ) as word_ends,
    words,
    hash(least(words[1], words[-1]), greatest(words[1], words[-1])) as ends_key,
    greatest(people, 1) as people,
    greatest(sum(people) over (partition by sorted), 1) / (select count(*) + 1 from landed_person) as share
from spellings
