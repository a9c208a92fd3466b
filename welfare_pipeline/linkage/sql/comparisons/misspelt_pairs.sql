-- One row per weighed pair of one card and birth date whose names differ by a word that many people bear, which is in the
-- other a word that hardly anybody bears: a slip of the pen. Two siblings both have names that others have, too.
with near as (
    select weighed_pair.left_id, weighed_pair.right_id, l.words as l_words, r.words as r_words
    from weighed_pair
    inner join person as left_person on weighed_pair.left_id = left_person.row_id
    inner join person as right_person on weighed_pair.right_id = right_person.row_id
    inner join name as l on left_person.name_id = l.name_id
    inner join name as r on right_person.name_id = r.name_id
    where weighed_pair.family and weighed_pair.birth_level >= 3 and weighed_pair.name_level in (2, 3, 4)
),

differing as (
    select left_id, right_id, true as is_left, unnest(list_filter(l_words, lambda w: not list_contains(r_words, w))) as word
    from near
    union all
    select left_id, right_id, false, unnest(list_filter(r_words, lambda w: not list_contains(l_words, w)))
    from near
)

select left_id, right_id
from differing
inner join word using (word)
group by left_id, right_id
having abs(min(bits) filter (is_left) - min(bits) filter (not is_left)) >= $misspelt_bits
