-- One row per recipient row of a district that is in a candidate pair, with the name and birth date that it is known by.
with candidates as (
    select row_id from candidate_rows where district_code = $district
),

recipients as (
    from person_rows semi join candidates using (row_id)
),

linked as (
    select row_id, person_key, case when match_band = 'same' then registry_row_id end as registry_row_id
    from links
    semi join candidates using (row_id)
),

registered as (
    select row_id, plain_name, birth_date
    from person_rows
    semi join linked on linked.registry_row_id = person_rows.row_id
)

select
    recipients.district_code,
    recipients.row_id,
    recipients.programme,
    recipients.source_file,
    recipients.source_row,
    linked.person_key,
    replace(coalesce(registered.plain_name, recipients.plain_name), ' ', '') as name,
    coalesce(registered.birth_date, recipients.birth_date) as birth_date
from recipients
join linked using (row_id)
left join registered on registered.row_id = linked.registry_row_id
