-- One row per recipient row that is in a candidate pair (each pair stands there from both sides).
select distinct district_code, row_id from candidate_pairs
