-- One row per active registered member of a PKH recipient's family, with the age on the period's last day.
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
)

select
    families.row_id,
    families.member_id,
    date_sub('year', registry.birth_date, $period_end) as age,
    registry.pregnant,
    registry.disability,
    regexp_matches(
        upper(registry.school_level), '(TAMAT|LULUS) *(SMA|SMK|MA|SLTA|D[1-4]|S[1-3])|KULIAH|DIPLOMA|SARJANA|PERGURUAN|^(D[1-4]|S[1-3])$'
    ) as schooled
from families
join registry on registry.row_id = families.member_id
