-- One row per NIK status: its share of the rows.
select
    in_both('share ' || nik_status, 'bagian baris: ' || lower(rtrim(said.id, '.'))) as label,
    round(count(*) / sum(count(*)) over (), 4) as figure
from {batch}
left join said on said.list = 'nik_status' and nik_status = said.code
group by nik_status, said.id
order by nik_status
