-- One row per kind of oddity: how many there are.
select in_both(finding, rtrim(said.id, '.')) as label, count(*) as figure
from delivery_findings
left join said on said.list = 'delivery_finding' and finding = said.code
where finding <> 'UNREADABLE_VALUE'
group by label
order by label
