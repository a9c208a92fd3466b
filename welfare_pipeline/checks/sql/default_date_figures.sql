-- One row: the recent day with most births.
select 'most births on one day of the last year' as label, max(births) as figure
from (
    select count(*) as births
    from {batch}
    where birth_date > getvariable('period_end') - interval 1 year
    group by birth_date
)
