-- One row per published figure beside the figure counted here.
with counted as (
    select 'population' as measure, people as counted from district_facts
    union all
    select 'registry_persons', registry_persons
    from district_facts
    where registry_persons > 0
    union all
    select source, rows_landed
    from list_facts
    where programme and files > files_rejected
),

labels as (
    select source as measure, label from list_facts where programme
)

select
    figure.source_file,
    figure.source_row,
    coalesce(labels.label, figure.measure) as label,
    figure.value as published,
    counted.counted
from published_figures as figure
left join counted using (measure)
left join labels using (measure)
order by figure.source_file, figure.source_row
