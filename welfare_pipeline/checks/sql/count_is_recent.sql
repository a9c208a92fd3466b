-- One row per population row counted too long before the period's end.
select row_id, source_file || ':' || source_row || ' (as of ' || as_of || ')' as example
from {batch}
where as_of < getvariable('period_end') - to_months(getvariable('population_age_months')::integer)
