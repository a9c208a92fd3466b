-- One row per fault: rows that have it.
unpivot (
    select
        count(*) filter (coalesce(trim(name), '') = '') as blank_names,
        count(*) filter (village_code is null) as unknown_villages,
        count(*) filter (
            birth_date < getvariable('first_date') or birth_date > getvariable('period_end')
        ) as impossible_birth_dates,
        count(*) filter (birth_date is null) as without_birth_date
    from {batch}
) on columns(*) into name label value figure
