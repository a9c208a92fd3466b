-- One row per population row counted too long before the period's end.
select
    row_id,
    in_both(
        source_file || ':' || source_row || ' (as of ' || as_of || ')',
        source_file || ':' || source_row || ' (per ' || strftime(as_of, '%d/%m/%Y') || ')'
    ) as example
from {batch}
where as_of < getvariable('period_end') - to_months(getvariable('population_age_months')::integer)
