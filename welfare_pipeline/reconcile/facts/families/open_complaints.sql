-- One row per complaint that somebody poor gets nothing, of this month, or of an earlier one and neither settled by a decision
-- since nor too old. One that lands again is the later row's; undated, it is of the month in which it first landed.
with told as (
    select
        $period as period,
        landed.row_id,
        true as is_own,
        landed.source_file,
        landed.source_row,
        landed.nik,
        landed.nik_status,
        landed.name,
        landed.birth_date,
        landed.family_card_number,
        landed.village_code,
        link.person_id,
        link.person_key,
        link.family_key,
        link.match_band,
        link.registered_id,
        landed.usable_card as card,
        complaints.received_on
    from complaints
    join person_rows as landed using (row_id)
    join people as link using (row_id)
    where
        complaints.kind = 'EXCLUDED'
        and (landed.name is not null or landed.nik_status = 'valid' or landed.card_status = 'valid')
        and (complaints.received_on is null or complaints.received_on <= $period_end)
    union all by name
    select * exclude (list, said, proposed_on), proposed_on as received_on
    from earlier_evidence
    where list = 'complaints' and said = 'EXCLUDED'
),

dated as (
    select
        *,
        coalesce(received_on, last_day((min(period) over same || '-01')::date)) as dated_on,
        period = max(period) over same as is_latest
    from told
    window same as (partition by person_id, received_on)
),

settled as (
    select person_id, max(dated_on) as settled_on
    from decisions
    where not names_family_only and not concerns_presence
    group by person_id
)

select dated.* exclude (is_latest)
from dated
left join settled using (person_id)
where
    dated.is_latest
    and (
        dated.is_own
        or (
            months_after(dated.dated_on, $complaint_months::integer) >= $period_end
            and coalesce(settled.settled_on < dated.dated_on, true)
        )
    )
