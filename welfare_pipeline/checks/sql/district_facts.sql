-- One row: the district's people, families and active registry persons.
with counted as (
    select sum(total)::bigint as people, sum(families)::bigint as families from population
),

registered as (
    select count(*) as registry_persons from active_registry
)

select people, families, registry_persons from counted, registered
