-- One row per kind of oddity: how many there are.
select finding as label, count(*) as figure
from delivery_findings
where finding <> 'UNREADABLE_VALUE'
group by label
order by label
