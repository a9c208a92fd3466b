-- One row: the recent day with most births.
select in_both('most births on one day of the last year', 'kelahiran terbanyak pada satu hari setahun terakhir') as label, max(births) as figure
from (
    select count(*) as births
    from {batch}
    where birth_date > getvariable('period_end') - interval 1 year
    group by birth_date
)
