-- One row per distinct spelling of a name, with the share of people who bear it or whose mother does.
with bearers as (
    select name, count(*) as people
    from (
        select landed_person.name from landed_person
        union all
        select landed_person.mother_name from landed_person
    )
    where name is not null
    group by name
),

spellings as (
    select
        spelling.spelling,
        min(spelling.sorted) as sorted,
        min(spelling.compact) as compact,
        min(spelling.sound) as sound,
        min(spelling.words) as words,
        coalesce(sum(bearers.people), 0) as people
    from spelling
    left join bearers on spelling.raw = bearers.name
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
