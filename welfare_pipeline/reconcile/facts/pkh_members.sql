-- One row per active registered member of a PKH recipient's family and age: by the date of birth, and by the number's if other.
-- Somebody of the same address whose card number is missing or stands alone may be a member with a mistyped card: counted.
with own_families as (
    select recipients.row_id, member.row_id as member_id
    from recipients
    join recipient_cards using (row_id)
    join registry_people as member on member.card = recipient_cards.card
    where recipients.programme = 'pkh' and member.active
    union
    select recipients.row_id, member.row_id
    from recipients
    join registry_people as member on member.person_id = recipients.settled_person_id
    where recipients.programme = 'pkh' and member.active
),

lone_cards as (
    select card
    from registry_people
    where active and card is not null
    group by card
    having count(distinct person_id) = 1
),

housed as (
    select
        people.row_id,
        registry.village_code,
        registry.address,
        coalesce(registry.rt, '') as rt,
        coalesce(registry.rw, '') as rw,
        people.card is null or lone_cards.card is not null as stands_alone
    from registry_people as people
    join registry using (row_id)
    left join lone_cards on lone_cards.card = people.card
    where people.active and registry.address is not null and registry.village_code is not null
    qualify count(*) over (partition by registry.village_code, registry.address, rt, rw) <= $family_size_limit
),

families as (
    select * from own_families
    union
    select own_families.row_id, other.row_id
    from own_families
    join housed as member on member.row_id = own_families.member_id
    join housed as other
        on other.village_code = member.village_code
        and other.address = member.address
        and other.rt = member.rt
        and other.rw = member.rw
    where member.stands_alone or other.stands_alone
),

numbered as (
    select
        row_id,
        birth_date,
        try_cast(nik[11:12] as integer) as nik_year,
        try_cast(nik[9:10] as integer) as nik_month,
        (try_cast(nik[7:8] as integer) - 1) % 40 + 1 as nik_day,
        nik_status = 'valid' as readable
    from registry
),

dated as (
    select
        row_id,
        birth_date,
        try_cast(format('{}-{}-{}', 2000 + nik_year, nik_month, nik_day) as date) as this_century,
        try_cast(format('{}-{}-{}', 1900 + nik_year, nik_month, nik_day) as date) as last_century,
        case when readable then if(this_century <= $period_end, this_century, last_century) end as written_on
    from numbered
),

born as (
    select row_id, birth_date as born_on
    from dated
    where birth_date is not null or written_on is null
    union
    select row_id, written_on
    from dated
    where written_on is not null
)

select
    families.row_id,
    families.member_id,
    date_sub('year', born.born_on, $period_end) as age,
    registry.pregnant,
    registry.disability,
    regexp_matches(
        upper(registry.school_level), '(TAMAT|LULUS) *(SMA|SMK|MA|SLTA|D[1-4]|S[1-3])|KULIAH|DIPLOMA|SARJANA|PERGURUAN|^(D[1-4]|S[1-3])$'
    ) as schooled
from families
join registry on registry.row_id = families.member_id
join born on born.row_id = families.member_id
