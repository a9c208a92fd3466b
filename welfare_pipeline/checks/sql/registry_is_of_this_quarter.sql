-- One row per registry row whose rank is of an older quarter than that of the policy's calendar.
select
    in_both(
        source_file || ':' || source_row || ' (ranks of ' || snapshot || ')',
        source_file || ':' || source_row || ' (peringkat ' || snapshot || ')'
    ) as example
from {batch}
where snapshot < getvariable('snapshot')::varchar
