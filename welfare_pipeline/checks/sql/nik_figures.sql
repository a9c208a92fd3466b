-- One row per NIK status: its share of the rows.
select 'share ' || nik_status as label, round(count(*) / sum(count(*)) over (), 4) as figure
from {batch}
group by nik_status
order by nik_status
