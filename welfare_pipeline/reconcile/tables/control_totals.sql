-- One row per published figure beside the figure counted here.
with counted as (
    select 'population' as measure, sum(total) as counted from population having count(*) > 0
    union all
    select 'registry_persons', count(*) from registry_people where active having count(*) > 0
    union all
    select source, sum(rows_landed)
    from landed_files
    where state = 'accepted' and source in (select programme from programme_rules)
    group by source
)

select
    figure.source_file,
    figure.source_row,
    figure.measure,
    figure.value as published,
    counted.counted,
    counted.counted - figure.value as difference,
    figure.unit,
    figure.source as published_by,
    figure.published_on
from published_figures as figure
left join counted using (measure)
