-- One row per recipient row with a birth date: the youngest and the oldest age the person can have on the period's last day.
-- Dates that differ are settled by the one written in a valid NIK, if that is among them; without that, all of them stand.
-- A birth in the month itself is no birth of a recipient but a blank that became the day of export, unless the NIK agrees.
with numbered as (
    select
        row_id,
        birth_date as landed_on,
        registry_birth_date as registered_on,
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

believable as (
    select
        row_id,
        this_century,
        last_century,
        case when this_century <= $period_end then this_century else last_century end as nik_date,
        case when landed_on < date_trunc('month', $period_end::date) or landed_on = this_century then landed_on end as birth_date,
        case
            when registered_on < date_trunc('month', $period_end::date) or registered_on = this_century then registered_on
        end as registry_birth_date
    from written
),

settled as (
    select
        *,
        case
            when birth_date = registry_birth_date then birth_date
            when birth_date in (this_century, last_century) then birth_date
            when registry_birth_date in (this_century, last_century) then registry_birth_date
        end as born_on
    from believable
),

bounded as (
    select
        row_id,
        coalesce(born_on, greatest(birth_date, registry_birth_date, nik_date)) as born_on_latest,
        coalesce(
            born_on,
            case
                when birth_date is null and registry_birth_date is null then last_century
                else least(birth_date, registry_birth_date, nik_date)
            end
        ) as born_on_earliest
    from settled
)

select
    row_id,
    date_sub('year', born_on_latest, $period_end) as youngest_age,
    date_sub('year', born_on_earliest, $period_end) as oldest_age
from bounded
where born_on_latest is not null
