-- One row per month sampled, programme and error of a field check whose answers landed; beside recipients not eligible, what
-- we counted off target in the month sampled: of the programme, and of all with bounds.
select
    audit_estimates.sampled_period,
    coalesce(words.words, audit_estimates.programme) as programme,
    if(audit_estimates.error = 'inclusion', 'Penerima yang tidak layak', 'Keluarga layak yang tidak menerima') as error,
    audit_estimates.sampled,
    audit_estimates.answered,
    audit_estimates.estimate,
    audit_estimates.low,
    audit_estimates.high,
    programme_months.off_target / nullif(programme_months.rows_accepted, 0) as counted,
    ours.off_target / ours.recipients as counted_of_all,
    ours.off_target_lower / ours.recipients as counted_lower,
    ours.off_target_upper / ours.recipients as counted_upper
from audit_estimates
left join district_months as ours
    on ours.period = audit_estimates.sampled_period and ours.recipients > 0 and audit_estimates.error = 'inclusion'
left join programme_months
    on programme_months.period = audit_estimates.sampled_period
    and programme_months.programme = audit_estimates.programme
    and audit_estimates.error = 'inclusion'
left join words on words.list = 'programme' and words.code = audit_estimates.programme
order by audit_estimates.sampled_period desc, audit_estimates.error desc, audit_estimates.programme
