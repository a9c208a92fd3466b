-- Who is paid by one programme in two districts? One row per pair of rows, once (the pair stands in the table twice).
-- Keys are of one district each, so the person has two.
select
    period,
    programme,
    district_name,
    source_file,
    source_row,
    person_key,
    other_district_name,
    other_source_file,
    other_source_row,
    other_person_key
from cross_district_duplicates_named
where period = (select max(period) from district_summary) and district_code < other_district
order by period, programme, district_code, source_file, source_row, other_district, other_source_file, other_source_row
