-- One row per published figure of people or rows beside the figure counted here. How many families a list has is known once
-- its people are linked: see published_family_totals_agree.
with counted as (
    select 'population' as measure, people as rows, families from district_facts
    union all
    select 'registry_persons', registry_persons, null
    from district_facts
    where registry_persons > 0
    union all
    select source, rows_accepted, null
    from list_facts
    where programme and files > files_rejected
),

labels as (
    select source as measure, label, label_id from list_facts where programme
),

figures as (
    select * replace (value::bigint as value), coalesce(regexp_matches(upper(unit), getvariable('family_unit')), false) as in_families
    from published_figures
    where measure <> 'susenas_poverty_rate' -- a share, which nothing counted here can equal
)

select
    figure.source_file,
    figure.source_row,
    coalesce(labels.label, figure.measure) as label,
    coalesce(labels.label_id, said.id, figure.measure) as label_id,
    figure.value as published,
    if(figure.in_families, counted.families, counted.rows) as counted
from figures as figure
left join counted using (measure)
left join labels using (measure)
left join said on said.list = 'measure' and figure.measure = said.code
where not figure.in_families or figure.measure = 'population'
order by figure.source_file, figure.source_row
