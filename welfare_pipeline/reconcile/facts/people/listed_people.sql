-- One row per row of the lists of employees, workers and officers whose valid NIK and name are a person's own.
-- A number that is a placeholder in any list of the registry or a programme proves nobody's employment.
with listed as (
    select 'public_employees' as list, row_id, source_file, source_row, nik, upper(trim(category)) as category, null::bigint as wage
    from public_employees
    where nik_status = 'valid' and name is not null
    union all
    select 'formal_workers', row_id, source_file, source_row, nik, null, monthly_wage
    from formal_workers
    where nik_status = 'valid' and name is not null
    union all
    select 'company_officers', row_id, source_file, source_row, nik, null, null
    from company_officers
    where nik_status = 'valid' and name is not null
),

carried as (
    select registry_people.nik, registry_people.nik_status, registry_people.person_id
    from registry_people
    semi join listed using (nik)
    union
    select recipients.nik, recipients.nik_status, recipients.person_id
    from recipients
    semi join listed using (nik)
),

placeholders as (
    select distinct nik from carried where nik_status = 'placeholder'
)

select
    listed.list,
    link.person_id,
    listed.category,
    listed.wage,
    listed.row_id,
    listed.source_file,
    listed.source_row
from listed
join people as link using (row_id)
join carried on carried.person_id = link.person_id and carried.nik = listed.nik and carried.nik_status = 'valid'
anti join placeholders on placeholders.nik = listed.nik
