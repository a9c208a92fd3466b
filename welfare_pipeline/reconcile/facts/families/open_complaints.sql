-- One row per open complaint: of this month, or of an earlier month, not settled by a later decision and not too old. Of a
-- complaint that lands again the later row counts. Without a date it is of the month in which it first landed.
with told as (
    select
        $period as period,
        complaints.row_id,
        {'period': $period, 'row_id': complaints.row_id} as first_landed,
        true as is_own,
        complaints.source_file,
        complaints.source_row,
        complaints.kind,
        landed.nik,
        landed.nik_status,
        landed.name,
        landed.birth_date,
        landed.family_card_number,
        landed.village_code,
        complaints.text,
        link.person_id,
        link.person_key,
        link.family_key,
        link.match_method,
        link.match_band,
        link.match_probability,
        link.guard,
        link.registered_id,
        landed.usable_card as card,
        landed.nik is null and landed.name is null as names_family_only,
        landed.nik is not null or landed.name is not null or landed.family_card_number is not null as names_somebody,
        landed.name is not null or landed.nik_status = 'valid' or landed.card_status = 'valid' as can_be_found,
        complaints.received_on
    from complaints
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    where complaints.received_on is null or complaints.received_on <= $period_end
    union all by name
    select
        earlier.* exclude (list, said, proposed_on, card_key),
        earlier.said as kind,
        landed.text,
        not earlier.names_family_only
        or earlier.card is not null
        or earlier.card_key is not null
        or earlier.family_card_number is not null as names_somebody,
        not earlier.names_family_only or earlier.card is not null or earlier.card_key is not null as can_be_found,
        earlier.proposed_on as received_on
    from earlier_evidence as earlier
    left join earlier_complaints as landed on landed.period = earlier.period and landed.row_id = earlier.row_id
    where earlier.list = 'complaints'
),

dated as (
    select
        *,
        coalesce(received_on, last_day((min(struct_extract(first_landed, 'period')) over same || '-01')::date)) as dated_on,
        period = max(period) over same as is_latest
    from told
    window same as (
        partition by if(names_family_only and card is not null, card, person_id::varchar), kind, village_code, received_on
    )
),

-- A judgement of the person settles what is said of the person, one of the whole card what is said of anybody on it.
settlements as (
    select dated.period, dated.row_id, decisions.dated_on
    from dated
    join decisions using (person_id)
    where not decisions.names_family_only and not decisions.concerns_presence
    union all
    select dated.period, dated.row_id, decisions.dated_on
    from dated
    join decision_cards using (card)
    join decisions using (decision_id)
    where not decisions.concerns_presence and (decisions.names_family_only or dated.names_family_only)
),

settled as (
    select period, row_id, max(dated_on) as settled_on from settlements group by period, row_id
)

select dated.* exclude (is_latest, first_landed)
from dated
left join settled using (period, row_id)
where
    dated.is_latest
    and (
        dated.is_own
        or (
            months_after(dated.dated_on, $complaint_months::integer) >= $period_end
            and coalesce(settled.settled_on < dated.dated_on, true)
        )
    )
