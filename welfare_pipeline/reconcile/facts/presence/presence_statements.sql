-- One row per statement that somebody has died (MD), moved away (PD), is not found (TT) or, with a date, is here (AKTIF, DD),
-- by the civil registry, the registry or a programme's list, of this delivery and of earlier ones. The same statement landed
-- again is the later row's, and an undated one is of the last day of the month in which it first landed.
with told as (
    select
        $period as period,
        landed.row_id,
        {'period': $period, 'row_id': landed.row_id} as first_landed,
        true as is_own,
        people.person_id,
        landed.list,
        landed.presence as status,
        landed.status_date as dated,
        landed.source_file,
        landed.source_row
    from person_rows as landed
    join people using (row_id)
    where
        (landed.list in ('civil_status', 'registry') or landed.list = landed.programme)
        and (
            landed.presence in ('MD', 'PD', 'TT')
            or (landed.presence in ('AKTIF', 'DD') and landed.status_date is not null)
        )
    union all
    select period, row_id, first_landed, false, person_id, list, said, dated, source_file, source_row
    from earlier_facts
    where
        list not in ('eligibility_decisions', 'proposals', 'complaints', 'objections')
        and (said in ('MD', 'PD', 'TT') or (said in ('AKTIF', 'DD') and dated is not null))
),

dated_ones as (
    select
        *,
        min(first_landed) over same as landed_first,
        coalesce(dated, last_day((struct_extract(landed_first, 'period') || '-01')::date)) as dated_on,
        period = max(period) over same as is_latest
    from told
    window same as (partition by person_id, list, status, dated)
)

select
    * exclude (is_latest, first_landed, landed_first),
    {'dated_on': dated_on, 'first_landed': landed_first, 'row_id': row_id} as place
from dated_ones
where is_latest
