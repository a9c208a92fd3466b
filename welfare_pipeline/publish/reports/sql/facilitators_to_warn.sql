-- One row per facilitator who is a candidate for a warning, by id; a long id, which may be a NIK, is masked.
select
    if(
        length(regexp_replace(facilitator_id, '\D', '', 'g')) >= 12,
        left(facilitator_id, 2) || '••••' || right(facilitator_id, 4),
        facilitator_id
    ) as facilitator,
    families_assisted,
    daily_report_share,
    p2k2_share,
    string_agg(words.words, '; ' order by words.place) as reasons
from facilitator_performance, unnest(warning_reasons) as item (code)
left join words on words.list = 'facilitator_warning' and words.code = item.code
where warning_candidate
group by facilitator_id, families_assisted, daily_report_share, p2k2_share, score
order by score nulls first, facilitator_id
