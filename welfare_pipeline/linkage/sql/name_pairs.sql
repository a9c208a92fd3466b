-- One row per two different spellings that candidates compare: 1 different, 2 shares a word, 3 cut or a word missing,
-- 4 mistyped or sounds alike, 5 same words.
with compared as (
    select distinct least(l.name_id, r.name_id) as a, greatest(l.name_id, r.name_id) as b
    from candidate
    inner join person as l on candidate.left_id = l.row_id
    inner join person as r on candidate.right_id = r.row_id
    where l.name_id <> r.name_id
    union
    select distinct least(l.mother_id, r.mother_id) as a, greatest(l.mother_id, r.mother_id) as b
    from candidate
    inner join person as l on candidate.left_id = l.row_id
    inner join person as r on candidate.right_id = r.row_id
    where l.mother_id <> r.mother_id
),

spelled as (
    select
        compared.a,
        compared.b,
        a.sorted = b.sorted or a.compact = b.compact as same_words,
        a.sound = b.sound as same_sound,
        jaro_winkler_similarity(a.compact, b.compact) as whole_similarity,
        a.compact as a_compact,
        b.compact as b_compact,
        a.words as a_words,
        b.words as b_words,
        list_filter(a.words, lambda word: not list_contains(b.words, word)) as a_rest,
        list_filter(b.words, lambda word: not list_contains(a.words, word)) as b_rest
    from compared
    inner join name as a on compared.a = a.name_id
    inner join name as b on compared.b = b.name_id
),

rests as (
    select
        *,
        array_to_string(a_rest, '') as a_text,
        array_to_string(b_rest, '') as b_text,
        len(a_rest) < len(a_words) or len(b_rest) < len(b_words) as word_in_common,
        list_sum(
            list_transform(
                a_rest,
                lambda x: len(
                    list_filter(
                        b_rest,
                        lambda y: (jaro_winkler_similarity(x, y) >= 0.9 and least(length(x), length(y)) >= 4)
                        or (least(length(x), length(y)) = 1 and x[1] = y[1])
                    )
                ) > 0
            )::integer[]
        ) as rest_words_alike
    from spelled
)

select
    a,
    b,
    case
        when same_words then 5
        when same_sound then 4
        when least(length(a_text), length(b_text)) >= 4
            and (jaro_winkler_similarity(a_text, b_text) >= 0.88 or damerau_levenshtein(a_text, b_text) <= 1) then 4
        when whole_similarity >= 0.97 and not word_in_common then 4
        when len(a_rest) = 0 or len(b_rest) = 0 then 3
        when least(length(a_compact), length(b_compact)) >= 4
            and (starts_with(a_compact, b_compact) or starts_with(b_compact, a_compact)) then 3
        when word_in_common and (starts_with(a_text, b_text) or starts_with(b_text, a_text)) then 3
        when rest_words_alike >= least(len(a_rest), len(b_rest)) then 3
        when word_in_common or rest_words_alike > 0 then 2
        when least(length(a_text), length(b_text)) >= 3 and damerau_levenshtein(a_text, b_text) <= 1 then 2
        else 1
    end::utinyint as level
from rests
