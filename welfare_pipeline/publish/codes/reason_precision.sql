-- One row per month, district, village and reason of the findings that were sent out, with the latest answer to each.
with findings as (
    select
        period, district_code, village_code, programme, source_file, source_row, person_key, unnest(reasons) as reason
    from off_target_recipients
),

answers as (
    select
        finding_dispositions.* exclude (period, programme),
        finding_dispositions.period as answered_in,
        findings.programme,
        findings.source_file as finding_file,
        findings.source_row as finding_row
    from findings
    join finding_dispositions
        on finding_dispositions.sent_period = findings.period
        and finding_dispositions.district_code = findings.district_code
        and finding_dispositions.sent_person_key = findings.person_key
        and finding_dispositions.reason = findings.reason
    where finding_dispositions.programme is null or finding_dispositions.programme = findings.programme
),

latest as (
    select sent_period as period, district_code, programme, finding_file, finding_row, reason, disposition
    from answers
    qualify row_number() over (
        partition by sent_period, district_code, programme, finding_file, finding_row, reason
        order by coalesce(decided_on, last_day((answered_in || '-01')::date)) desc, answered_in desc, source_file desc, source_row desc
    ) = 1
)

select
    findings.period,
    findings.district_code,
    findings.village_code,
    findings.reason,
    count(*) as sent_out,
    count(latest.disposition) as answered,
    count(*) filter (latest.disposition = 'TERBUKTI') as confirmed,
    count(*) filter (latest.disposition = 'TIDAK TERBUKTI') as not_confirmed,
    count(*) filter (latest.disposition = 'BELUM JELAS') as unsettled
from findings
left join latest
    on latest.period = findings.period
    and latest.district_code = findings.district_code
    and latest.programme = findings.programme
    and latest.finding_file = findings.source_file
    and latest.finding_row = findings.source_row
    and latest.reason = findings.reason
group by findings.period, findings.district_code, findings.village_code, findings.reason
