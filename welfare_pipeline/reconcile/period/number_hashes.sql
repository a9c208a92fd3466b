-- One row per recipient row of the month and valid number that it is known by, as a keyed hash.
with numbered as (
    select district_code, programme, row_id, own_nik as nik from listed where own_nik is not null
    union
    select district_code, programme, row_id, registered_nik from listed where registered_nik is not null
)

select district_code, programme, row_id, sha256(concat($secret, nik)) as nik_hash from numbered
