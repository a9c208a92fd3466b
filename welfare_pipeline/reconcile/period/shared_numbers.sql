-- One row per recipient row and number of this range that two districts have on lists of one programme, of which one is changed.
with compared as (
    select number, district_code, row_id
    from number_hashes
    semi join (select number from changed_hashes where number between $low and $high) as changed using (number)
    where number between $low and $high
)

select number, district_code, row_id
from compared
semi join (
    select number from compared group by number having min(district_code) <> max(district_code)
) as shared using (number)
