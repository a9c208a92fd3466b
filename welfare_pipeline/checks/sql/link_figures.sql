-- One row per list and band: its links.
select
    in_both(
        link.source || ' ' || coalesce(link.match_band, 'none'),
        list.label_id || ': '
        || case link.match_band when 'same' then 'padan' when 'review' then 'harus dipastikan' else 'tidak padan' end
    ) as label,
    count(*) as figure
from {batch} as link
join list_facts as list on link.source = list.source
group by all
order by 1
