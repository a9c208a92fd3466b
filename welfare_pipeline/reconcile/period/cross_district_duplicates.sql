-- One row per recipient row and recipient row of another district that names the same person for the same programme.
with numbered as (
    select recipient.district_code, recipient.programme, recipient.row_id, recipient.own_nik as nik
    from listed as recipient
    where own_nik is not null
    union
    select recipient.district_code, recipient.programme, recipient.row_id, recipient.registered_nik
    from listed as recipient
    where registered_nik is not null
),

hashed as (
    select district_code, programme, row_id, sha256(concat($secret, nik)) as nik_hash from numbered
),

candidates as materialized (
    select distinct
        one.district_code,
        one.row_id,
        other.district_code as other_district,
        other.row_id as other_row_id
    from hashed as one
    join hashed as other
        on other.nik_hash = one.nik_hash
        and other.programme = one.programme
        and other.district_code <> one.district_code
    where list_contains($changed, one.district_code) or list_contains($changed, other.district_code)
)

select
    candidates.district_code,
    one.programme,
    one.source_file,
    one.source_row,
    one.person_key,
    candidates.other_district,
    other.source_file as other_source_file,
    other.source_row as other_source_row,
    other.person_key as other_person_key
from candidates
join listed as one on one.district_code = candidates.district_code and one.row_id = candidates.row_id
join listed as other on other.district_code = candidates.other_district and other.row_id = candidates.other_row_id
where
    jaro_winkler_similarity(one.name, other.name) >= $across_name_similarity
    or (one.birth_date = other.birth_date and jaro_winkler_similarity(one.name, other.name) >= $across_born_alike_similarity)
    or ((one.name is null or other.name is null) and one.birth_date = other.birth_date)
