-- One row per word of the names, with the share of people whose name has it.
with used as (
    select unnest(list_distinct(words)) as word, share_of_spelling as share from name
)

select word, sum(share) as share
from used
group by word
