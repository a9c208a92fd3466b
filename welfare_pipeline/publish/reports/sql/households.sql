-- One row per kind of unregistered poor household.
select
    registration.words as registration,
    certainty.words as certainty,
    count(*) as households,
    sum(household.members) as members
from unregistered_poor_households as household
join words as registration on registration.list = 'registration' and registration.code = household.registration
join words as certainty on certainty.list = 'household_certainty' and certainty.code = household.certainty
group by all
order by min(registration.place), min(certainty.place)
