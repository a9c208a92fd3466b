-- One row per disposition of this delivery that names no finding and is no repeated one, and recipient row it concerns, with
-- that row's primary reason.
with own as (
    select
        decision.row_id as disposition_id,
        decision.programme,
        decision.disposition,
        decision.decided_on,
        link.person_id,
        landed.usable_card as card,
        landed.nik is null and landed.name is null as names_family_only
    from eligibility_decisions as decision
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    anti join repeated_dispositions as repeated on repeated.disposition_id = decision.row_id
    where decision.disposition is not null and decision.reason is null
),

concerned as (
    select own.disposition_id, recipients.row_id
    from own
    join recipients using (person_id)
    where not own.names_family_only
    union
    select own.disposition_id, recipient_cards.row_id
    from own
    join recipient_cards using (card)
    where own.names_family_only and not recipient_cards.doubtful
)

select own.disposition_id, own.disposition, own.decided_on, concerned.row_id, reason_rules.reason, reason_rules.precedence
from own
join concerned using (disposition_id)
join recipients on recipients.row_id = concerned.row_id
join findings on findings.row_id = concerned.row_id
join reason_rules on reason_rules.reason = findings.reason
where own.programme is null or own.programme = recipients.programme
qualify row_number() over (partition by own.disposition_id, concerned.row_id order by reason_rules.precedence) = 1
