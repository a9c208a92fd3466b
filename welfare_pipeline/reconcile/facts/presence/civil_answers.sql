-- One row per answer of the civil registry that counts by the period's last day, of this delivery and of earlier ones.
-- `is_nameless`: the number that was looked up is purged, and on no list of this month.
with told as (
    select
        $period as period,
        person_rows.row_id,
        {'period': $period, 'row_id': person_rows.row_id} as first_landed,
        people.person_id,
        case when person_rows.nik_status = 'valid' then person_rows.nik end as nik,
        false as is_nameless,
        person_rows.presence as status,
        person_rows.status_date,
        civil_status.ktp_recorded
    from civil_status
    join person_rows using (row_id)
    join people using (row_id)
    where person_rows.presence is not null
    union all
    select
        earlier.period,
        earlier.row_id,
        earlier.first_landed,
        earlier.person_id,
        coalesce(looked_up.nik, case when named.nik_status = 'valid' then named.nik end),
        earlier.number_key is not null and looked_up.nik is null and named.nik is null,
        earlier.said,
        earlier.dated,
        earlier.ktp_recorded
    from earlier_facts as earlier
    left join recognised_numbers as looked_up using (number_key)
    left join earlier_names as named on named.period = earlier.period and named.row_id = earlier.row_id
    where earlier.list = 'civil_status'
),

dated as (
    select
        *,
        min(first_landed) over (partition by person_id, nik, status, status_date, ktp_recorded) as landed_first,
        coalesce(status_date, last_day((struct_extract(landed_first, 'period') || '-01')::date)) as dated_on
    from told
)

select *, {'dated_on': dated_on, 'first_landed': landed_first, 'row_id': row_id} as place from dated
