-- One row per recipient row without name, without known village, or with an impossible birth date.
select row_id, source_file || ':' || source_row as example
from {batch}
where coalesce(trim(name), '') = ''
    or village_code is null
    or birth_date < getvariable('first_date')
    or birth_date > getvariable('period_end')
