-- One row per reason and month sent out of which an answer landed in this month, with the latest answers to its findings.
with asked as (
    select distinct sent_period, reason from finding_dispositions where sent_period < $period and reason is not null
),

given as (
    select *
    from (from finding_dispositions union all by name from earlier_finding_dispositions)
    semi join asked using (sent_period, reason)
),

findings as (
    select earlier.period as sent_period, earlier.programme, earlier.source_file, earlier.source_row, earlier.person_key, asked.reason
    from earlier_recipient_outcomes as earlier
    join asked on asked.sent_period = earlier.period
    where earlier.outcome in ('off_target', 'to_verify') and list_contains(earlier.reasons, asked.reason)
),

latest as (
    select findings.sent_period, findings.reason, findings.programme, findings.source_file, findings.source_row, given.disposition
    from findings
    join given
        on given.sent_period = findings.sent_period
        and given.reason = findings.reason
        and given.sent_person_key = findings.person_key
    where given.programme is null or given.programme = findings.programme
    qualify row_number() over (
        partition by findings.sent_period, findings.reason, findings.programme, findings.source_file, findings.source_row
        order by
            coalesce(given.decided_on, last_day((given.period || '-01')::date)) desc, given.period desc,
            given.source_file desc, given.source_row desc
    ) = 1
)

select
    findings.sent_period,
    findings.reason,
    count(*) as sent_out,
    count(latest.disposition) as answered,
    count(*) filter (latest.disposition = 'TERBUKTI') as confirmed,
    count(*) filter (latest.disposition = 'TIDAK TERBUKTI') as not_confirmed,
    count(*) filter (latest.disposition = 'BELUM JELAS') as unsettled
from findings
left join latest using (sent_period, reason, programme, source_file, source_row)
group by findings.sent_period, findings.reason
