-- One row per household count that is not the rows of its table.
with listed as (
    select 'unregistered_households_certain' as measure, count(*) as listed
    from unregistered_poor_households
    where certainty = 'certain'
    union all
    select 'unregistered_households_possible', count(*)
    from unregistered_poor_households
    where certainty = 'possible'
    union all
    select 'misranked_households_certain', count(*)
    from misranked_poor_households
    where certainty = 'certain'
    union all
    select 'misranked_households_possible', count(*)
    from misranked_poor_households
    where certainty = 'possible'
    union all
    select 'unserved_households', count(*) from unserved_registered_households
),

district as (
    unpivot (
        select
            unregistered_households_certain, unregistered_households_possible, misranked_households_certain,
            misranked_households_possible, unserved_households
        from {batch}
    ) on columns(*) into name measure value counted
)

select
    in_both(
        measure || ': ' || listed || ' listed, ' || coalesce(counted::varchar, 'none') || ' counted',
        'Rumah tangga: ' || listed || ' dalam daftar, ' || coalesce(counted::varchar, 'tidak ada') || ' dihitung'
    ) as example
from listed
left join district using (measure)
where listed is distinct from counted
