-- One row per date of the count: villages counted then.
select 'villages as of ' || coalesce(as_of::varchar, 'an unknown day') as label, count(*) as figure
from {batch}
group by as_of
order by as_of
