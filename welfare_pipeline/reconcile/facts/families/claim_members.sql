-- One row per landed row that is evidence of poverty: what is known of that person's number and e-KTP.
with lists_villages as (
    select person_id, arg_min(village_code, row_id) as village_code
    from recipients
    where village_code is not null
    group by person_id
),

-- The birth date in the number that is looked up, else in any list. Of somebody without one it is not known that an e-KTP
-- is not due yet.
births as (
    select
        person_id,
        max(nearest_birth_date(nik_birth_date, other_nik_birth_date, written_on)) as numbered_on,
        max(written_on) as written_on
    from (
        select
            people.person_id,
            person_rows.nik_birth_date,
            person_rows.other_nik_birth_date,
            max(person_rows.birth_date) over (partition by people.person_id) as written_on
        from person_rows
        join people using (row_id)
        semi join poverty_claims on poverty_claims.person_id = people.person_id
    )
    group by person_id
)

select
    evidence.* replace (coalesce(evidence.village_code, lists_villages.village_code) as village_code),
    coalesce(births.numbered_on, births.written_on, evidence.birth_date) + to_years($electronic_card_age::integer) <= $period_end as of_age,
    married_people.person_id is not null as married,
    not names_family_only
    and not bool_or(evidence.nik_status = 'valid') over (partition by evidence.person_id) as nik_invalid,
    coalesce(civil_numbers.status, if(evidence.nik is null and evidence.nik_status = 'valid', civil_people.status_of_nameless, null)) as civil_status,
    coalesce(civil_numbers.ktp_recorded, civil_people.ktp_recorded) as ktp_recorded
from poverty_claims as evidence
left join civil_numbers on civil_numbers.nik = evidence.nik
left join civil_people on civil_people.person_id = evidence.person_id
left join lists_villages on lists_villages.person_id = evidence.person_id
left join births on births.person_id = evidence.person_id
left join married_people on married_people.person_id = evidence.person_id
