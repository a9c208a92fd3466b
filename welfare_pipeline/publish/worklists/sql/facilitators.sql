-- One row per facilitator who is a candidate for a warning, with the name.
select
    performance.facilitator_id,
    performance.name,
    performance.families_assisted,
    performance.daily_report_share,
    performance.p2k2_share,
    performance.monthly_report_filed,
    string_agg(words.words, '; ' order by words.place) as reasons
from facilitator_performance as performance, unnest(performance.warning_reasons) as item (code)
left join words on words.list = 'facilitator_warning' and words.code = item.code
where performance.warning_candidate
group by all
order by performance.facilitator_id
