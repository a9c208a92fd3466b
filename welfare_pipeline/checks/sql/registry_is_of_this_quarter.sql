-- One row per registry row whose rank is of an older quarter than that of the policy's calendar.
select source_file || ':' || source_row || ' (ranks of ' || snapshot || ')' as example
from {batch}
where snapshot < getvariable('snapshot')::varchar
