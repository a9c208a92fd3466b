-- One row per listed row with an impossible birth date.
select row_id, source_file || ':' || source_row as example
from {batch}
where birth_date < getvariable('first_date') or birth_date > getvariable('period_end')
