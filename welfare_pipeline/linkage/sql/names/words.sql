-- One row per word of the names, with the bits of how many people's name has it (a decimal, to be summed in any order).
with used as (
    select unnest(list_distinct(words)) as word, people from name
)

select word, log2(sum(people) / (select count(*) + 1 from landed_person))::decimal(18, 9) as bits
from used
group by word
