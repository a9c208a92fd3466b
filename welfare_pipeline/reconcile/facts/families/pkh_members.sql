-- One row per active registered member of a PKH recipient's family and age the member can have: by the date of birth, by
-- the number's if other, and while these two do not agree by those in the programme lists.
-- A member is also whom another list has on the family's card. Somebody of the same address whose card number is missing or
-- one digit of place or date off the family's may be a member: counted (the next number of the same day is the neighbour's).
-- So is who stands alone on another card and is the child or mother of a member, or no head, which one alone would be.
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
    union
    select recipients.row_id, member.row_id
    from recipients
    join recipient_cards as card on card.row_id = recipients.row_id
    join recipient_cards as same_card on same_card.card = card.card
    join recipients as listed
        on listed.row_id = same_card.row_id and (not same_card.doubtful or listed.own_card = same_card.card)
    join registry_people as member on member.person_id = listed.settled_person_id
    where recipients.programme = 'pkh' and member.active
),

homes as (
    select distinct
        own_families.row_id, member.card, plain_text(registry.name) as name, plain_text(registry.mother_name) as mother_name,
        unnest([registry.village_code, recipients.village_code]) as village_code,
        registry.address, coalesce(registry.rt, '') as rt, coalesce(registry.rw, '') as rw
    from own_families
    join registry on registry.row_id = own_families.member_id
    join registry_people as member on member.row_id = own_families.member_id
    join recipients on recipients.row_id = own_families.row_id
    where registry.address is not null
),

housed as (
    select
        registry.row_id, people.card, plain_text(registry.name) as name, plain_text(registry.mother_name) as mother_name,
        registry.village_code, registry.address, coalesce(registry.rt, '') as rt, coalesce(registry.rw, '') as rw, registry.relationship
    from registry
    semi join homes on homes.address = registry.address and homes.village_code = registry.village_code
    join registry_people as people on people.row_id = registry.row_id and people.active
    qualify count(*) over (partition by registry.village_code, registry.address, rt, rw) <= $family_size_limit
),

alone as (
    select housed.row_id
    from housed
    join registry_people on registry_people.card = housed.card and registry_people.active
    group by housed.row_id
    having count(distinct registry_people.person_id) = 1
),

families as (
    select * from own_families
    union
    select homes.row_id, housed.row_id
    from homes
    join housed using (village_code, address, rt, rw)
    left join alone on alone.row_id = housed.row_id
    where
        homes.card is null
        or housed.card is null
        or (
            alone.row_id is not null
            and (housed.mother_name = homes.name or homes.mother_name = housed.name or housed.relationship <> '1')
        )
        or (homes.card[13:] = housed.card[13:] and hamming(homes.card[:12], housed.card[:12]) = 1)
),

dated as (
    select
        row_id,
        person_id,
        birth_date,
        nik_birth_date as written_on
    from registry_people
    semi join families on families.member_id = registry_people.row_id
),

born as (
    select row_id, birth_date as born_on
    from dated
    where birth_date is not null or written_on is null
    union
    select row_id, written_on
    from dated
    where written_on is not null
    union
    select dated.row_id, recipients.birth_date
    from dated
    join recipients on recipients.person_id = dated.person_id
    where recipients.birth_date is not null and dated.birth_date is distinct from dated.written_on
)

select
    families.row_id,
    families.member_id,
    date_sub('year', born.born_on, $period_end) as age,
    registry.pregnant,
    registry.disability,
    registry.school_level
from families
join registry on registry.row_id = families.member_id
join born on born.row_id = families.member_id
