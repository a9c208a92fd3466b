-- One row per list and reason: rejected rows.
select
    in_both(row.source || ': ' || row.reason, list.label_id || ': ' || rtrim(said.id, '.')) as label,
    count(*) as figure
from rejected_rows as row
left join list_facts as list on row.source = list.source
left join said on said.list = 'rejection_reason' and row.reason = said.code
group by all
order by 1
