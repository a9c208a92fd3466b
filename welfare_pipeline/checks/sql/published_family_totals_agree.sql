-- One row per published figure of a list's families that differs from the families counted in the linked list.
with named as (
    select if(links.source = 'registry', 'registry_persons', links.source) as measure, links.family_key
    from links
    join person_rows using (row_id)
    where links.source <> 'registry' or coalesce(person_rows.presence not in ('MD', 'PD', 'TT'), true)
),

counted as (
    select measure, count(distinct family_key) as counted from named group by measure
),

labels as (
    select source as measure, label, label_id from list_facts where programme
)

select
    in_both(
        coalesce(labels.label, figure.measure) || ': published ' || grouped(figure.value::bigint) || ' families, counted '
        || grouped(counted.counted) || ' (difference ' || grouped(abs(counted.counted - figure.value::bigint)) || ')',
        coalesce(labels.label_id, said.id) || ': terbitan ' || with_points(figure.value::bigint) || ' keluarga, hitungan '
        || with_points(counted.counted) || ' (selisih ' || with_points(abs(counted.counted - figure.value::bigint)) || ')'
    ) as example
from {batch} as figure
join counted using (measure)
left join labels using (measure)
left join said on said.list = 'measure' and figure.measure = said.code
where
    regexp_matches(upper(figure.unit), getvariable('family_unit'))
    and figure.measure <> 'population'
    and abs(counted.counted - figure.value) > getvariable('control_total_tolerance') * abs(figure.value)
