-- One row per month sampled, programme and error of a field check whose answers landed, with our own bounds of the district.
select
    audit_estimates.sampled_period,
    coalesce(words.words, audit_estimates.programme) as programme,
    if(audit_estimates.error = 'inclusion', 'Penerima yang tidak layak', 'Keluarga layak yang tidak menerima') as error,
    audit_estimates.sampled,
    audit_estimates.answered,
    audit_estimates.estimate,
    audit_estimates.low,
    audit_estimates.high
from audit_estimates
left join words on words.list = 'programme' and words.code = audit_estimates.programme
order by audit_estimates.sampled_period desc, audit_estimates.error desc, audit_estimates.programme
