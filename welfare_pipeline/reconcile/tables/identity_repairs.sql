-- One row per person row whose number is broken, contradicted or not confirmed by the civil registry.
with compared as (
    select
        identity.*,
        link.person_key,
        case when identity.nik_status = 'valid' then civil_numbers.status end as civil_status,
        registered.nik as registered_nik,
        registered.person_key as registered_person_key,
        coalesce(
            identity.nik_status = 'valid' and registered.nik_status = 'valid' and identity.nik <> registered.nik, false
        ) as differs,
        coalesce(
            registered.row_id <> identity.row_id
            and registered.nik_status = 'valid'
            and identity.nik is distinct from registered.nik,
            false
        ) as suggests
    from identity_rows as identity
    join people as link using (row_id)
    left join registry_people as registered on registered.row_id = link.registered_id
    left join civil_numbers on civil_numbers.nik = identity.nik
)

select
    source,
    source_file,
    source_row,
    person_key,
    village_code,
    nik_status,
    nik_warnings || case when differs then ['nik_differs_from_registry'] else []::varchar[] end as warnings,
    civil_status,
    case when suggests then registered_person_key end as suggested_registry_person_key,
    case
        when suggests then 'Compare with the NIK of the suggested registry person and correct the wrong list.'
        when nik_status <> 'valid' then 'Take the NIK from the e-KTP or family card and correct the list.'
        when civil_status = 'TT' then 'Let the civil registry office check the NIK against the e-KTP.'
        else 'Compare the NIK with sex and birth date on the e-KTP and correct what is wrong.'
    end as recommended_action,
    nik,
    name,
    family_card_number,
    address,
    case when suggests then registered_nik end as suggested_nik
from compared
where nik_status <> 'valid' or len(nik_warnings) > 0 or differs or civil_status = 'TT'
