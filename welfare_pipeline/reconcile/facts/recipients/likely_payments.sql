-- One row per recipient row of a family programme whose person has no payment, and the one payment of its programme and stage to
-- a person who is no recipient, if it has the recipient's
-- - member number,
-- - name and village (of a name of several words, but for a slip),
-- - name, or the beginning of it, and birth date,
-- - or number, but for a slip.
-- Where there are several such payments or recipients, none is taken.
with unpaid as (
    select
        recipients.row_id,
        recipients.programme,
        recipients.stage,
        recipients.member_id,
        landed.village_code,
        landed.plain_name,
        landed.birth_date,
        recipients.nik,
        recipients.nik_status
    from recipients
    join person_rows as landed using (row_id)
    anti join (
        select link.person_id, payment.programme
        from disbursements as payment
        join people as link using (row_id)
    ) as own on own.person_id = recipients.person_id and own.programme = recipients.programme
    where recipients.unit = 'family' and not recipients.linked_active
),

unclaimed as (
    select
        payment.row_id,
        payment.programme,
        landed.stage,
        payment.member_id,
        landed.village_code,
        landed.plain_name,
        landed.nik,
        landed.nik_status,
        landed.nik_birth_date,
        landed.usable_card as card
    from disbursements as payment
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    anti join recipients on recipients.person_id = link.person_id and recipients.programme = payment.programme
    where landed.usable_card is not null
),

-- Ways apart, as DuckDB would compare every recipient with every payment for an `or` in one join.
alike as (
    select unpaid.row_id, unclaimed.row_id as payment_id
    from unpaid
    join unclaimed on unclaimed.programme = unpaid.programme and unclaimed.member_id = unpaid.member_id
    union
    select unpaid.row_id, unclaimed.row_id
    from unpaid
    join unclaimed on unclaimed.programme = unpaid.programme and unclaimed.village_code = unpaid.village_code
    where
        unclaimed.plain_name = unpaid.plain_name
        or (unpaid.plain_name like '% %' and damerau_levenshtein(unclaimed.plain_name, unpaid.plain_name) = 1)
    union
    select unpaid.row_id, unclaimed.row_id
    from unpaid
    join unclaimed on unclaimed.programme = unpaid.programme and unclaimed.nik_birth_date = unpaid.birth_date
    where starts_with(unclaimed.plain_name, unpaid.plain_name) or starts_with(unpaid.plain_name, unclaimed.plain_name)
    union
    select unpaid.row_id, unclaimed.row_id
    from unpaid
    join unclaimed on unclaimed.programme = unpaid.programme and unclaimed.nik[:8] = unpaid.nik[:8]
    where
        (unclaimed.nik_status = 'valid' or unpaid.nik_status = 'valid')
        and damerau_levenshtein(unclaimed.nik, unpaid.nik) = 1
    union
    select unpaid.row_id, unclaimed.row_id
    from unpaid
    join unclaimed on unclaimed.programme = unpaid.programme and unclaimed.nik[-8:] = unpaid.nik[-8:]
    where
        (unclaimed.nik_status = 'valid' or unpaid.nik_status = 'valid')
        and damerau_levenshtein(unclaimed.nik, unpaid.nik) = 1
)

select alike.row_id, alike.payment_id, unclaimed.card
from alike
join unpaid using (row_id)
join unclaimed on unclaimed.row_id = alike.payment_id
where unclaimed.stage = unpaid.stage or unclaimed.stage = '' or unpaid.stage = ''
qualify count(*) over (partition by alike.row_id) = 1 and count(*) over (partition by alike.payment_id) = 1
