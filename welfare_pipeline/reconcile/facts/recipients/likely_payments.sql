-- One row per recipient row of a family programme whose person is paid nothing, and the one payment of its programme and stage
-- to somebody who is no recipient, that has its member number, its name in its village (but for a slip in one of several words),
-- its name or the beginning of it with its birth date, or its number but for a slip: it can be nobody else's.
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

alike as (
    select unpaid.row_id, unclaimed.row_id as payment_id, unclaimed.card
    from unpaid
    join unclaimed
        on unclaimed.programme = unpaid.programme
        and (unclaimed.stage = unpaid.stage or unclaimed.stage = '' or unpaid.stage = '')
    where
        unclaimed.member_id = unpaid.member_id
        or (
            unclaimed.village_code = unpaid.village_code
            and (
                unclaimed.plain_name = unpaid.plain_name
                or (unpaid.plain_name like '% %' and damerau_levenshtein(unclaimed.plain_name, unpaid.plain_name) = 1)
            )
        )
        or (
            unclaimed.nik_birth_date = unpaid.birth_date
            and (
                starts_with(unclaimed.plain_name, unpaid.plain_name)
                or starts_with(unpaid.plain_name, unclaimed.plain_name)
            )
        )
        or (
            (unclaimed.nik_status = 'valid' or unpaid.nik_status = 'valid')
            and damerau_levenshtein(unclaimed.nik, unpaid.nik) = 1
        )
)

select row_id, payment_id, card
from alike
qualify count(*) over (partition by row_id) = 1 and count(*) over (partition by payment_id) = 1
