-- Why are rows off target or to be verified? One row per reason: rows with it first of all, and with it at all.
-- Rows with several reasons count under each in `rows_with_it`; `rows_first` adds up to all rows.
select
    found.period,
    found.reason,
    reasons.meaning_en as meaning,
    count(*) filter (where found.reason = found.primary_reason) as rows_first,
    count(*) as rows_with_it,
    count(*) filter (where found.outcome = 'off_target') as of_rows_off_target,
    count(distinct found.person_key) as persons
from (
    select period, person_key, outcome, primary_reason, unnest(reasons) as reason
    from off_target_recipients
    where period = (select max(period) from district_summary)
) as found
left join reasons on found.reason = reasons.reason
group by all
order by rows_first desc, rows_with_it desc, found.reason
