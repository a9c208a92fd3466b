-- One row per listed person of age, or married, whom the civil registry has not recorded for an e-KTP.
with answers as (
    select
        links.person_id,
        civil_status.ktp_recorded,
        person_rows.presence,
        format('Dukcapil: {} baris {}', civil_status.source_file, civil_status.source_row) as origin
    from civil_status
    join person_rows using (row_id)
    join links using (row_id)
    where person_rows.presence is not null
    qualify row_number() over (
        partition by links.person_id order by civil_status.status_date desc nulls last, civil_status.row_id desc
    ) = 1
),

unrecorded as (
    select * from answers where not ktp_recorded and presence not in ('MD', 'PD')
),

listed as (
    select unrecorded.person_id, unrecorded.origin, links.person_key, people.*
    from unrecorded
    join links using (person_id)
    join person_rows as people using (row_id)
    -- lists of numbers and names alone, and payments, are no place to look somebody up
    where people.list not in ('civil_status', 'public_employees', 'formal_workers', 'company_officers', 'disbursements')
),

persons as (
    select
        person_id,
        any_value(person_key order by row_id) as person_key,
        min(origin) as origin,
        arg_min(village_code, row_id) as village_code,
        arg_min({'name': name, 'nik': nik, 'card': family_card_number}, row_id) as shown,
        arg_min(address, row_id) as address,
        arg_min(birth_date, row_id) as birth_date,
        coalesce(arg_min(birth_date, row_id), max(nik_birth_date)) as born_on,
        coalesce(bool_or(relationship in ('2', '3')), false) as married,
        arg_min(sex, row_id) as sex,
        arg_min(mother_name, row_id) as mother_name,
        list(format('{} baris {}', source_file, source_row) order by row_id) as lines,
        list_sort(list(distinct list)) as lists
    from listed
    group by person_id
),

told as (
    select persons.person_id, string_agg(words.words, ', ' order by words.words) as lists
    from persons, unnest(persons.lists) as item (code)
    left join words on words.list = 'list' and words.code = item.code
    group by persons.person_id
)

select
    persons.village_code,
    persons.person_key as key,
    persons.shown.name as name,
    persons.shown.nik as nik,
    persons.shown.card as family_card_number,
    strftime(persons.birth_date, '%d/%m/%Y') as birth_date,
    persons.address,
    'Belum rekam e-KTP [' || persons.origin || ']; tercatat pada: ' || coalesce(told.lists, '-') as evidence,
    array_to_string(persons.lines[1:$most_sources], '; ')
        || case when len(persons.lines) > $most_sources then '; ...' else '' end as sources,
    persons.sex,
    persons.mother_name
from persons
left join told using (person_id)
where persons.married or coalesce(persons.born_on + to_years($electronic_card_age::integer) <= $period_end, true)
order by persons.village_code nulls last, persons.shown.card nulls last, persons.shown.name nulls last, persons.person_id
