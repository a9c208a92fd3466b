-- One row per unit (person, family), village and decile: how many the registry has there as active. A family has the lowest
-- decile of its members; of a range the lowest counts, and whom the registry does not rank is not counted.
with people as (
    select
        registry.row_id,
        registry.village_code,
        registry.decile_lowest,
        links.family_key
    from registry
    join links using (row_id)
    where coalesce(registry.status not in ('MD', 'PD', 'TT'), true) and registry.decile_lowest is not null
),

families as (
    select family_key, arg_min(village_code, row_id) as village_code, min(decile_lowest) as decile_lowest
    from people
    group by family_key
)

select 'person' as unit, village_code, decile_lowest, count(*) as registered
from people
group by all
union all
select 'family', village_code, decile_lowest, count(*)
from families
group by all
