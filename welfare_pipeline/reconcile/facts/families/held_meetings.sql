-- One row per village of which it landed whether it held its meeting by the period's last day.
select village_code, coalesce(bool_or(held_on <= $period_end), false) as held
from village_meetings
group by village_code
