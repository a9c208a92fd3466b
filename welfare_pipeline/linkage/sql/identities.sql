-- One row per way in which the month's lists name a person, with its keyed hashes and the rows that name so.
-- `number`: without a past only that of rows with neither name nor birth date, which is all that is remembered of it.
-- Without birth date and number, a name in a village is somebody's; beside a number it says too little.
with ways as (
    select
        case when nik_valid then nik end as nik,
        name_sound_key as name,
        birth_date,
        card,
        village,
        list(row_id) as row_ids
    from person
    group by all
)

select
    row_ids,
    name is null and birth_date is null as bare,
    md5_number_lower($secret || concat_ws('|', 'all', coalesce(nik, ''), coalesce(name::varchar, ''), coalesce(birth_date::varchar, ''), coalesce(card, ''), village))
        as identity,
    case when bare or $has_past then md5_number_lower($secret || 'number|' || nik) end as number,
    case when name is not null then md5_number_lower($secret || 'number, name|' || nik || '|' || name) end as number_name,
    case when birth_date is not null then md5_number_lower($secret || 'number, birth|' || nik || '|' || birth_date) end
        as number_birth,
    case
        when name is not null
            then md5_number_lower($secret || 'name, card|' || name || '|' || coalesce(birth_date::varchar, '') || '|' || card)
    end as name_card,
    case
        when name is not null and (birth_date is not null or nik is null)
            then md5_number_lower($secret || 'name, village|' || name || '|' || coalesce(birth_date::varchar, '') || '|' || village)
    end as name_village
from ways
