-- One row per reason found: the recipient rows that have it, and those of which it is the first.
with found as (
    select unnest(reasons) as reason, primary_reason from recipient_outcomes
)

select
    words.code,
    words.words as finding,
    count(*) as rows,
    count(*) filter (where found.primary_reason = found.reason) as first_rows
from found
join words on words.list = 'reason' and words.code = found.reason
group by words.code, words.words, words.place
order by words.place
