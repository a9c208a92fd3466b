-- Do our counts agree with what was published? One row per published figure: published, counted, difference and why.
select
    totals.period,
    districts.district_name,
    totals.measure,
    totals.unit,
    totals.published,
    totals.counted,
    totals.difference,
    totals.difference / nullif(totals.published, 0) as difference_share,
    totals.explanation,
    totals.published_by,
    totals.published_on
from control_totals as totals
left join districts on totals.district_code = districts.district_code
where totals.period = (select max(period) from district_summary)
order by abs(difference_share) desc nulls last, totals.district_code, totals.source_file, totals.source_row
