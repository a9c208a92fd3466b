-- One row per recipient row that is in a candidate pair, with the name and birth date that it is known by.
select listed.*
from listed
semi join (
    select district_code, row_id from candidate_pairs
    union
    select other_district, other_row_id from candidate_pairs
) as pairs on pairs.district_code = listed.district_code and pairs.row_id = listed.row_id
