-- One row per programme whose list arrived: its recipients in the largest stage, and how many there can be.
with stages as (
    select programme as source, stage, count(*) as recipients from recipient_rows group by source, stage
),

programmes as (
    select source, max(recipients) as recipients from stages group by source
)

select
    list_facts.source,
    list_facts.label,
    list_facts.label_id,
    programmes.recipients,
    case when list_facts.unit = 'family' and families is not null then 'families' else 'people' end as counted_as,
    case when list_facts.unit = 'family' then coalesce(families, people) else people end as at_most
from list_facts
join programmes using (source)
cross join district_facts
order by list_facts.position
