-- One row per accepted recipient row and reason, with everything it rests on.
select row_id, reason, string_agg(evidence, '; ' order by evidence) as evidence
from reason_rows
group by row_id, reason
