-- One row per list and column: values that became empty.
select
    in_both(finding.source || '.' || column_name, list.label_id || ', kolom ' || replace(column_name, '_', ' ')) as label,
    count(*) as figure
from delivery_findings as finding
left join list_facts as list on finding.source = list.source
where finding.finding = 'UNREADABLE_VALUE'
group by all
order by 1
