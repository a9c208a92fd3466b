-- One row per registry row that nobody has updated for long.
select source_file || ':' || source_row || ' (' || updated_on || ')' as example
from {batch}
where updated_on < last_day(getvariable('period_end') - to_months(getvariable('record_update_months')::integer))
