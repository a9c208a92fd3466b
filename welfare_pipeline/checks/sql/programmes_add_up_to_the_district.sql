-- One row per figure whose programmes do not add up to the district.
with programmes as (
    unpivot (
        select
            coalesce(sum(rows_accepted), 0)::bigint as recipients,
            coalesce(sum(rows_rejected), 0)::bigint as rejected,
            coalesce(sum(off_target), 0)::bigint as off_target,
            coalesce(sum(to_verify), 0)::bigint as to_verify,
            coalesce(sum(unresolved), 0)::bigint as unresolved,
            coalesce(sum(on_target), 0)::bigint as on_target
        from programme_summary
    ) on columns(*) into name measure value programmes
),

district as (
    unpivot (
        select recipients, rejected, off_target, to_verify, unresolved, on_target from {batch}
    ) on columns(*) into name measure value district
)

select
    in_both(
        measure || ': programmes ' || programmes || ', district ' || coalesce(district::varchar, 'none'),
        'Jumlah menurut program ' || programmes || ', menurut kabupaten/kota ' || coalesce(district::varchar, 'tidak ada')
    ) as example
from programmes
left join district using (measure)
where programmes is distinct from district
