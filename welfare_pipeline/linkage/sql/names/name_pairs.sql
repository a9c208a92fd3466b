-- One row per two alike spellings, with the level at which they compare (comparisons.toml) and how common what they share is.
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
        count(distinct x) as alike_words,
        count(distinct x) filter (where least(length(x), length(y)) > 1) as alike_whole_words,
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
    a,
    b,
    ({name})::utinyint as level,
    case
        when level >= 4 or (shared_words.bits is null and words_alike.bits is null)
            then greatest(a_share, b_share)
        else pow(2, coalesce(shared_words.bits, 0) + coalesce(words_alike.bits, 0))
    end as share
from alike_name
left join words_alike using (a, b)
left join shared_words using (a, b)
