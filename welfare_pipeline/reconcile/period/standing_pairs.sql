-- One row per pair that is known already, of two districts that have not changed and are still there.
select * exclude (period)
from cross_district_duplicates
where list_contains($known, district_code)
    and list_contains($known, other_district)
    and not list_contains($changed, district_code)
    and not list_contains($changed, other_district)
