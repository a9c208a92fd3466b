-- One row per listed row born on a recent day that has too many births.
with days as (
    select birth_date
    from {batch}
    where birth_date > getvariable('period_end') - interval 1 year
    group by birth_date
    having count(*) > greatest(
        getvariable('today_birth_date_rows'),
        getvariable('today_birth_date_share') * (select count(*) from {batch})
    )
)

select person.row_id, person.source_file || ':' || person.source_row as example
from {batch} as person
semi join days on person.birth_date = days.birth_date
