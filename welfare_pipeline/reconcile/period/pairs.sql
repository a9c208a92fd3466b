-- One row per recipient row and recipient row of another district that names the same person for the same programme.
select
    pairs.district_code,
    one.programme,
    one.source_file,
    one.source_row,
    one.person_key,
    pairs.other_district,
    other.source_file as other_source_file,
    other.source_row as other_source_row,
    other.person_key as other_person_key
from candidate_pairs as pairs
join listed_twice as one on one.district_code = pairs.district_code and one.row_id = pairs.row_id
join listed_twice as other on other.district_code = pairs.other_district and other.row_id = pairs.other_row_id
where
    jaro_winkler_similarity(one.name, other.name) >= $across_name_similarity
    or (one.birth_date = other.birth_date and jaro_winkler_similarity(one.name, other.name) >= $across_born_alike_similarity)
    or ((one.name is null or other.name is null) and one.birth_date = other.birth_date)
