-- One row per two different spellings that candidates compare and that have something in common: what each of them, a and b,
-- is by itself, and what is left of it without the words of the other.
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

a_name as (
    select columns(* exclude (spelling, sound_start, ends_key, people)) as 'a_\0' from name
),

b_name as (
    select columns(* exclude (spelling, sound_start, ends_key, people)) as 'b_\0' from name
),

alike as (
    select *, jaro_winkler_similarity(a_compact, b_compact) as whole_similarity
    from compared
    inner join a_name on compared.a = a_name.a_name_id
    inner join b_name on compared.b = b_name.b_name_id
    where a_word_ends & b_word_ends <> 0
        or a_sound_key = b_sound_key
        or jaro_winkler_similarity(a_compact, b_compact) >= $compared_similarity
        or least(length(a_compact), length(b_compact)) <= $compared_letters
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
