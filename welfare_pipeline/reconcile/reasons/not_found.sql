-- One row per recipient row whose person the village's latest decision could not find.
select row_id, 'decision: ' || evidence as evidence
from standing_presence
where outcome = 'TT'
