-- One row per figure whose villages do not add up to the district.
with measures as (
    unpivot (
        select coalesce(
            sum(columns(c -> getvariable('village_measures').list_contains(c))), 0
        )::bigint
        from village_summary
    ) on columns(*) into name measure value villages
),

district as (
    unpivot (
        select coalesce(columns(c -> getvariable('village_measures').list_contains(c)), 0)::bigint from {batch}
    ) on columns(*) into name measure value district
)

select measure || ': villages ' || coalesce(villages, 0) || ', district ' || coalesce(district, 0) as example
from measures
full join district using (measure)
where villages is distinct from district
