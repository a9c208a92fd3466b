-- One row per two different spellings that candidates compare and that have something in common.
with named as (
    select l.name_id as l_name, r.name_id as r_name, l.mother_id as l_mother, r.mother_id as r_mother
    from candidate
    inner join person as l on candidate.left_id = l.row_id
    inner join person as r on candidate.right_id = r.row_id
),

compared as (
    select least(l_name, r_name) as a, greatest(l_name, r_name) as b from named where l_name <> r_name
    union
    select least(l_mother, r_mother) as a, greatest(l_mother, r_mother) as b from named where l_mother <> r_mother
),

alike as (
    select
        compared.a,
        compared.b,
        a.sorted = b.sorted or a.compact = b.compact as same_words,
        a.sound_key = b.sound_key as same_sound,
        jaro_winkler_similarity(a.compact, b.compact) as whole_similarity,
        a.compact as a_compact,
        b.compact as b_compact,
        a.words as a_words,
        b.words as b_words,
        a.sound as a_sound,
        b.sound as b_sound
    from compared
    inner join name as a on compared.a = a.name_id
    inner join name as b on compared.b = b.name_id
    where a.word_ends & b.word_ends <> 0
        or a.sound_key = b.sound_key
        or jaro_winkler_similarity(a.compact, b.compact) >= $compared_similarity
        or least(length(a.compact), length(b.compact)) <= $compared_letters
),

spelled as (
    select
        *,
        list_filter(a_words, lambda word: not list_contains(b_words, word)) as a_rest,
        list_filter(b_words, lambda word: not list_contains(a_words, word)) as b_rest
    from alike
)

select
    *,
    array_to_string(a_rest, '') as a_text,
    array_to_string(b_rest, '') as b_text,
    least(length(a_text), length(b_text)) as shorter,
    greatest(length(a_text), length(b_text)) as longer,
    len(list_filter(a_words, lambda word: length(word) > 1 and list_contains(b_words, word))) > 0 as word_in_common
from spelled
