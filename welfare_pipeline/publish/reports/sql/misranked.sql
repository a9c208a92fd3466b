-- One row per decile and certainty of poor households that are ranked above every programme's limit, or not ranked.
select
    if(household.decile = 'unranked', 'Belum diperingkat.', 'Desil ' || household.decile || '.') as decile,
    if(household.certainty = 'possible', 'Mungkin orang lain: pasangan belum diputuskan.', 'Pasti.') as how_sure,
    count(*) as households,
    sum(household.members) as members
from misranked_poor_households as household
group by all
order by min(household.decile), min(household.certainty)
