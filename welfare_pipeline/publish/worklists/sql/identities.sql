-- One row per person whose number no list can mend: somebody has to look at the e-KTP or family card.
with broken as (
    select
        repair.*,
        people.row_id,
        people.birth_date,
        people.sex,
        people.mother_name,
        [repair.nik_status] || repair.warnings
            || case when repair.civil_status = 'TT' then ['NIK_NOT_IN_CIVIL_REGISTRY'] else []::varchar[] end as troubles
    from identity_repairs as repair
    join person_rows as people
        on people.list = repair.source
        and people.source_file = repair.source_file
        and people.source_row = repair.source_row
    where repair.suggested_nik is null and repair.next_step <> 'READ_CARD_NUMBER'
),

named as (
    select broken.person_key, string_agg(distinct words.words, ' ' order by words.words) as evidence
    from broken, unnest(broken.troubles) as item (code)
    join words
        on words.list in ('nik_status', 'nik_warning', 'identity_warning', 'blocker') and words.code = item.code
    where item.code <> 'valid'
    group by broken.person_key
),

persons as (
    select
        person_key,
        arg_min(village_code, row_id) as village_code,
        arg_min({'name': name, 'nik': nik, 'card': family_card_number, 'address': address}, row_id) as shown,
        arg_min(birth_date, row_id) as birth_date,
        arg_min(sex, row_id) as sex,
        arg_min(mother_name, row_id) as mother_name,
        list(format('{} baris {}', source_file, source_row) order by row_id) as lines
    from broken
    group by person_key
)

select
    persons.village_code,
    persons.person_key as key,
    persons.shown.name as name,
    persons.shown.nik as nik,
    persons.shown.card as family_card_number,
    strftime(persons.birth_date, '%d/%m/%Y') as birth_date,
    persons.shown.address as address,
    named.evidence,
    array_to_string(persons.lines[1:$most_sources], '; ')
        || case when len(persons.lines) > $most_sources then '; ...' else '' end as sources,
    persons.sex,
    persons.mother_name
from persons
join named using (person_key)
order by persons.village_code nulls last, persons.shown.card nulls last, persons.shown.name nulls last, persons.person_key
