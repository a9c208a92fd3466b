-- One row per recipient row whose person was seen, died or left by a decision: the latest one, by date, then file order.
select row_id, outcome, decided_on, source_file, source_row
from concerning_decisions
where about_presence
qualify row_number() over (partition by row_id order by decided_on desc nulls last, decision_id desc) = 1
