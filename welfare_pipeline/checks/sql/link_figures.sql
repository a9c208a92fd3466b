-- One row per list and band: its links.
select source || ' ' || coalesce(match_band, 'none') as label, count(*) as figure
from {batch}
group by label
order by label
