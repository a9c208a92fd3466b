-- One row per landed fact that later months remember: what was decided, proposed or complained of, whom the civil registry
-- was asked about, and whose status in the registry or a programme's list says that they are gone, or (dated) here.
with facts as (
    select row_id, programme, outcome as said, decided_on as dated, null::boolean as ktp_recorded from eligibility_decisions
    union all
    select row_id, programme, outcome, proposed_on, null from proposals
    union all
    select row_id, null, kind, received_on, null from complaints
    union all
    select row_id, null, status, status_date, ktp_recorded from civil_status where status is not null
    union all
    select row_id, null, status, status_date, null
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
    landed.village_code
from facts
join person_rows as landed on landed.row_id = facts.row_id
join links on links.row_id = facts.row_id
