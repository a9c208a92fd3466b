-- One row per figure of the district.
with figures as (
    unpivot (select people as population, registry_persons from {batch}) on columns(*) into name label value figure
)

select
    in_both(label, case label when 'population' then 'penduduk' else 'orang aktif dalam data terpadu' end) as label,
    figure
from figures
