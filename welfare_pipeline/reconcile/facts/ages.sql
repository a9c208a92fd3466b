-- One row per recipient row with a birth date: the youngest and the oldest age the person can have on the period's last day.
-- List and registry that differ are settled by the date written in a valid NIK; without that, both ages stand.
with numbered as (
    select
        row_id,
        birth_date,
        registry_birth_date,
        case when nik_status = 'valid' then (try_cast(nik[7:8] as integer) - 1) % 40 + 1 end as nik_day,
        case when nik_status = 'valid' then try_cast(nik[9:10] as integer) end as nik_month,
        case when nik_status = 'valid' then try_cast(nik[11:12] as integer) end as nik_year
    from recipients
),

written as (
    select
        *,
        try_cast(format('{}-{}-{}', 2000 + nik_year, nik_month, nik_day) as date) as this_century,
        try_cast(format('{}-{}-{}', 1900 + nik_year, nik_month, nik_day) as date) as last_century
    from numbered
),

settled as (
    select
        row_id,
        birth_date,
        registry_birth_date,
        this_century,
        last_century,
        case
            when birth_date = registry_birth_date then birth_date
            when birth_date in (this_century, last_century) then birth_date
            when registry_birth_date in (this_century, last_century) then registry_birth_date
        end as born_on
    from written
),

bounded as (
    select
        row_id,
        coalesce(
            born_on, greatest(birth_date, registry_birth_date),
            case when this_century <= $period_end then this_century else last_century end
        ) as born_on_latest,
        coalesce(born_on, least(birth_date, registry_birth_date), last_century) as born_on_earliest
    from settled
)

select
    row_id,
    date_sub('year', born_on_latest, $period_end) as youngest_age,
    date_sub('year', born_on_earliest, $period_end) as oldest_age
from bounded
where born_on_latest is not null
