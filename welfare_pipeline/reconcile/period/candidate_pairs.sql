-- One row per recipient row and recipient row of another district on lists of one programme under one number.
select distinct
    one.district_code,
    one.row_id,
    other.district_code as other_district,
    other.row_id as other_row_id
from shared_numbers as one
join shared_numbers as other
    on other.number = one.number
    and other.district_code <> one.district_code
where list_contains($changed, one.district_code) or list_contains($changed, other.district_code)
