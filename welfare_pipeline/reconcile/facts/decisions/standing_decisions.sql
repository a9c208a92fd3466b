-- One row per recipient row that a decision concerns: the latest such decision, by date, then file order.
select row_id, outcome, decided_on, source_file, source_row
from concerning_decisions
qualify row_number() over (partition by row_id order by decided_on desc nulls last, decision_id desc) = 1
