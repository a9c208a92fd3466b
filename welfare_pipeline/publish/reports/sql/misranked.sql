-- One row per decile and certainty of poor households that are ranked above every programme's limit, or not ranked.
select
    if(household.decile = 'unranked', 'Belum diperingkat.', 'Desil ' || household.decile || '.') as decile,
    certainty.words as certainty,
    count(*) as households,
    sum(household.members) as members
from misranked_poor_households as household
join words as certainty on certainty.list = 'household_certainty' and certainty.code = household.certainty
group by all
order by min(household.decile), min(certainty.place)
