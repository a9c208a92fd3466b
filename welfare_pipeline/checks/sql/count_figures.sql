-- One row per date of the count: villages counted then.
select
    in_both(
        'villages as of ' || coalesce(as_of::varchar, 'an unknown day'),
        'desa menurut hitungan ' || coalesce(strftime(as_of, '%d/%m/%Y'), 'tanpa tanggal')
    ) as label,
    count(*) as figure
from {batch}
group by as_of
order by as_of
