-- One row per recipient row of a district and valid number that it is known by, as a keyed hash of programme and number.
with recipients as (
    select district_code, programme, row_id, case when nik_status = 'valid' then nik end as nik
    from person_rows
    where list = programme
),

registered as (
    select recipients.* replace (person.nik as nik)
    from recipients
    join links on links.row_id = recipients.row_id and links.match_band = 'same'
    join person_rows as person on person.row_id = links.registry_row_id and person.nik_status = 'valid'
    where person.nik is distinct from recipients.nik
),

numbered as (
    from recipients where nik is not null
    union all
    from registered
)

select
    cast('0x' || left(sha256(concat($secret, programme, nik)), 16) as ubigint) as number,
    district_code,
    row_id
from numbered
order by number, row_id
