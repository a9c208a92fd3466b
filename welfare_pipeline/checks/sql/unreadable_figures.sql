-- One row per list and column: values that became empty.
select source || '.' || column_name as label, sum("rows")::bigint as figure
from unreadable_values
group by label
order by label
