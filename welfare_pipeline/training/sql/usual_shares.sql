-- One row per field and level, with how common a shared name or word usually is between strangers.
with strangers as (
    select *
    from training_pair
    where not family
        and left_id in (select left_id from training_pair group by left_id having count(*) > $most_strangers)
)

select 'name' as field, name_level as level, exp(avg(ln(name_share))) as share
from strangers
where name_level >= 2
group by name_level
union all
select 'mother' as field, mother_level as level, exp(avg(ln(mother_share))) as share
from strangers
where mother_level >= 2
group by mother_level
