-- One row per recipient row whose age on the period's last day is outside the programme's range.
-- A birth date that list and registry give differently is settled by the one written in a valid NIK; without that, no reason.
with numbered as (
    select
        *,
        case when nik_status = 'valid' then (try_cast(nik[7:8] as integer) - 1) % 40 + 1 end as nik_day,
        case when nik_status = 'valid' then try_cast(nik[9:10] as integer) end as nik_month,
        case when nik_status = 'valid' then try_cast(nik[11:12] as integer) end as nik_year
    from recipients
    where minimum_age is not null or maximum_age is not null
),

written as (
    select
        *,
        try_cast(format('{}-{}-{}', 2000 + nik_year, nik_month, nik_day) as date) as this_century,
        try_cast(format('{}-{}-{}', 1900 + nik_year, nik_month, nik_day) as date) as last_century
    from numbered
),

dated as (
    select
        *,
        case
            when birth_date is null and registry_birth_date is null
                then case when this_century <= $period_end then null else last_century end
            when birth_date is null or registry_birth_date is null or birth_date = registry_birth_date
                then coalesce(birth_date, registry_birth_date)
            when birth_date in (this_century, last_century) then birth_date
            when registry_birth_date in (this_century, last_century) then registry_birth_date
        end as born_on,
        date_sub('year', birth_date, $period_end) as own_age,
        date_sub('year', registry_birth_date, $period_end) as registry_age
    from written
),

aged as (
    select *, date_sub('year', born_on, $period_end) as age from dated
),

judged as (
    select
        *,
        coalesce(age < minimum_age, false) or coalesce(age > maximum_age, false) as out_of_range,
        born_on is null
        and (own_age < minimum_age or own_age > maximum_age)
        and (registry_age < minimum_age or registry_age > maximum_age) as both_out_of_range
    from aged
)

select
    row_id,
    format(
        'age {} on {}, range {} to {}', coalesce(age, own_age), $period_end::date, minimum_age, maximum_age
    ) as evidence
from judged
where out_of_range or coalesce(both_out_of_range, false)
