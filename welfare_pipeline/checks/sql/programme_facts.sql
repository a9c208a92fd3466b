-- One row per programme whose list arrived: its recipients in the largest stage, and how many there can be.
with stages as (
    select row_id // 1000000000 as position, stage, count(*) as recipients
    from query_table(getvariable('programme_tables'), true)
    group by position, stage
),

programmes as (
    select position, max(recipients) as recipients from stages group by position
)

select
    list_facts.source,
    list_facts.label,
    programmes.recipients,
    case when list_facts.unit = 'family' and families is not null then 'families' else 'people' end as counted_as,
    case when list_facts.unit = 'family' then coalesce(families, people) else people end as at_most
from list_facts
join programmes using (position)
cross join district_facts
order by list_facts.position
