-- One row per landed fact that later months remember: what was decided, proposed, objected to or complained of, whom the civil registry
-- was asked about, and whose status in the registry or a programme's list says that they are gone, or (dated) here.
with reasons as (
    select unnest($reasons) as reason
),

facts as (
    select
        row_id, programme, outcome as said, decided_on as dated, null::boolean as ktp_recorded, disposition, reasons.reason,
        null::date as settled_on
    from eligibility_decisions
    left join reasons using (reason)
    union all
    select row_id, programme, outcome, received_on, null, null, reasons.reason, decided_on
    from objections
    left join reasons using (reason)
    union all by name
    select row_id, programme, outcome as said, proposed_on as dated from proposals
    union all by name
    select row_id, kind as said, received_on as dated from complaints
    union all by name
    select row_id, status as said, status_date as dated, ktp_recorded from civil_status where status is not null
    union all by name
    select row_id, status as said, status_date as dated
    from person_rows
    where
        (list = 'registry' or list = programme)
        and (status in ('MD', 'PD', 'TT') or (status in ('AKTIF', 'DD') and status_date is not null))
)

select
    facts.row_id,
    landed.list,
    landed.source_file,
    landed.source_row,
    links.person_key,
    links.family_key,
    case
        when landed.usable_card is not null then sha256($secret || sha256($secret || 'family:' || landed.usable_card))[1:32]
    end as card_key,
    case
        when landed.list = 'civil_status' and landed.nik_status = 'valid' then md5_number_lower($secret || 'number|' || landed.nik)
    end as number_key,
    landed.nik is null and landed.name is null as names_family_only,
    links.match_band,
    facts.programme,
    facts.said,
    facts.dated,
    facts.ktp_recorded,
    landed.village_code,
    facts.disposition,
    facts.reason,
    facts.settled_on
from facts
join person_rows as landed on landed.row_id = facts.row_id
join links on links.row_id = facts.row_id
