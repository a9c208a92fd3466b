-- One row per row that is linked exactly, or that comparing leaves for people or links. Probabilities are told to four digits.
select * from exact_link
union all by name
select * replace (match_probability::decimal(5, 4) as match_probability)
from decision
where match_band <> 'different'
