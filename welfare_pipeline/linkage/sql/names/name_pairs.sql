-- One row per two alike spellings: 1 different, 2 shares a word, 3 cut or a word missing, 4 mistyped or sounds alike,
-- 5 same words.
with first_words as (
    select a, b, unnest(a_rest) as x, b_rest from alike_name where len(a_rest) > 0 and len(b_rest) > 0
),

both_words as (
    select a, b, x, unnest(b_rest) as y from first_words
),

words_alike as (
    select
        a,
        b,
        count(distinct x) as words,
        count(distinct x) filter (where least(length(x), length(y)) > 1) as whole_words,
        sum(case when least(length(x), length(y)) = 1 then log2($initial_share)::decimal(18, 9) else word.bits end) as bits
    from both_words
    inner join word on both_words.x = word.word
    where (x[1] = y[1] and least(length(x), length(y)) = 1)
        or (x = 'C' and y[:2] = 'KH')  -- CH is written KH by then
        or (y = 'C' and x[:2] = 'KH')
        or (
            least(length(x), length(y)) >= $least_letters
            and jaro_winkler_similarity(x, y) >= $word_similarity
            and damerau_levenshtein(x, y) <= $word_slips  -- GUSNIATI is no GUSTINA
        )
    group by a, b
),

common_words as (
    select a, b, unnest(list_intersect(a_words, b_words)) as word from alike_name where word_in_common
),

shared_words as (
    select common_words.a, common_words.b, sum(word.bits) as bits
    from common_words
    inner join word on common_words.word = word.word
    group by common_words.a, common_words.b
)

select
    alike_name.a,
    alike_name.b,
    case
        when same_words then 5
        when same_sound then 4
        when least(length(a_text), length(b_text)) >= $least_letters and jaro_winkler_similarity(a_text, b_text) >= $rest_similarity then 4
        when least(length(a_text), length(b_text)) >= $least_letters
            and jaro_similarity(a_text, b_text) >= $slip_similarity
            and damerau_levenshtein(a_text, b_text) <= 1 then 4
        when whole_similarity >= $whole_similarity and not word_in_common then 4
        when least(length(a_sound), length(b_sound)) >= $sound_letters
            and abs(length(a_sound) - length(b_sound)) <= 1
            and damerau_levenshtein(a_sound, b_sound) <= 1 then 4
        when len(a_rest) = 0 or len(b_rest) = 0 then 3
        when least(length(a_compact), length(b_compact)) >= $least_letters
            and (
                starts_with(a_compact, b_compact)
                or starts_with(b_compact, a_compact)
                or ends_with(a_compact, b_compact)
                or ends_with(b_compact, a_compact)
            ) then 3
        when least(length(a_text), length(b_text)) = $short_letters
            and (
                greatest(length(a_text), length(b_text)) = $short_letters + 1
                or (length(b_text) = $short_letters and word_in_common)
            )
            and damerau_levenshtein(a_text, b_text) <= 1 then 3
        when word_in_common and (starts_with(a_text, b_text) or starts_with(b_text, a_text)) then 3
        when words_alike.words >= least(len(a_rest), len(b_rest)) and (word_in_common or words_alike.whole_words > 0) then 3
        when word_in_common or words_alike.whole_words > 0 then 2
        when least(length(a_text), length(b_text)) >= $short_letters - 1
            and greatest(length(a_text), length(b_text)) = $short_letters
            and damerau_levenshtein(a_text, b_text) <= 1 then 2
        else 1
    end::utinyint as level,
    case
        when level >= 4 or (shared_words.bits is null and words_alike.bits is null)
            then greatest(a_name.share, b_name.share)
        else pow(2, coalesce(shared_words.bits, 0) + coalesce(words_alike.bits, 0))
    end as share
from alike_name
inner join name as a_name on alike_name.a = a_name.name_id
inner join name as b_name on alike_name.b = b_name.name_id
left join words_alike on alike_name.a = words_alike.a and alike_name.b = words_alike.b
left join shared_words on alike_name.a = shared_words.a and alike_name.b = shared_words.b
