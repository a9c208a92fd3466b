-- One row per recipient row and recipient row of another district on lists of one programme under one number.
select distinct
    one.district_code,
    one.row_id,
    other.district_code as other_district,
    other.row_id as other_row_id
from number_hashes as one
join number_hashes as other
    on other.nik_hash = one.nik_hash
    and other.programme = one.programme
    and other.district_code <> one.district_code
where list_contains($changed, one.district_code) or list_contains($changed, other.district_code)
