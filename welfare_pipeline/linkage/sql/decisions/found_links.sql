-- One row per listed row that is linked, exactly or by comparing, or left for people to settle.
-- Probabilities are told to four digits.
select * from exact_link
union all by name
select * replace (match_probability::decimal(5, 4) as match_probability)
from decision
where match_band <> 'different'
