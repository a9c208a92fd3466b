-- One row per blocker: the unregistered poor households that it keeps out of the registry.
with met as (
    select unnest(blockers) as blocker from unregistered_poor_households
)

select words.words as blocker, count(*) as households
from met
join words on words.list = 'blocker' and words.code = met.blocker
group by words.words, words.place
order by words.place
