-- One row per recipient row whose age matters and that has a birth date: the youngest and the oldest age the person can
-- have on the period's last day.
-- Dates that differ are settled by the one written in a valid NIK, of this row or of another of the same person, if that is
-- among them; without that, all of them stand (of a dated row in review also the date of the registry person it may be).
with dated as (
    select
        recipients.row_id,
        recipients.person_id,
        case when landed.birth_date_is_believed then landed.birth_date end as birth_date,
        coalesce(
            recipients.registry_birth_date,
            case
                when recipients.birth_date is not null or recipients.nik_status = 'valid' then claimed_people.birth_date
            end
        ) as registry_birth_date,
        case when disputed_numbers.row_id is null then landed.nik_birth_date end as one_nik_date,
        case when disputed_numbers.row_id is null then landed.other_nik_birth_date end as other_nik_date,
        nearest_birth_date(one_nik_date, other_nik_date, coalesce(landed.birth_date, registry_birth_date)) as nik_date
    from recipients
    join person_rows as landed using (row_id)
    left join claimed_people using (row_id)
    left join disputed_numbers using (row_id)
    where recipients.unit = 'family' or recipients.minimum_age is not null or recipients.maximum_age is not null
),

by_itself as (
    select
        *,
        case
            when birth_date = registry_birth_date then birth_date
            when same_but_century(birth_date, nik_date) then birth_date
            when same_but_century(registry_birth_date, nik_date) then registry_birth_date
        end as born_on
    from dated
),

by_other_rows as (
    select open.row_id, min(open.written_on) as born_on
    from (
        select row_id, person_id, unnest([birth_date, registry_birth_date]) as written_on
        from by_itself
        where born_on is null and nik_date is not null
    ) as open
    join recipients as other on other.person_id = open.person_id and other.row_id <> open.row_id
    where same_but_century(other.nik_birth_date, open.written_on)
    group by open.row_id
    having min(open.written_on) = max(open.written_on)
),

settled as (
    select by_itself.* exclude (born_on), coalesce(by_itself.born_on, by_other_rows.born_on) as born_on
    from by_itself
    left join by_other_rows using (row_id)
),

bounded as (
    select
        row_id,
        coalesce(born_on, greatest(birth_date, registry_birth_date, nik_date)) as born_on_latest,
        coalesce(
            born_on,
            case
                when birth_date is null and registry_birth_date is null then least(one_nik_date, other_nik_date)
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
