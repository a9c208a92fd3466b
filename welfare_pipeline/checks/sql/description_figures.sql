-- One row per fault: rows that have it.
with figures as (
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
)

select
    in_both(label, case label
        when 'blank_names' then 'nama kosong'
        when 'unknown_villages' then 'desa tidak dikenal'
        when 'impossible_birth_dates' then 'tanggal lahir mustahil'
        when 'without_birth_date' then 'tanpa tanggal lahir'
    end) as label,
    figure
from figures
