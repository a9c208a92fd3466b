-- One row per list and column: values that became empty.
select source || '.' || column_name as label, count(*) as figure
from delivery_findings
where finding = 'UNREADABLE_VALUE'
group by label
order by label
