-- One row per programme with a list: what became of its rows.
select
    words.words as programme,
    summary.rows_landed,
    summary.rows_rejected,
    summary.rows_accepted,
    summary.off_target,
    summary.to_verify,
    summary.unresolved,
    summary.on_target
from programme_summary as summary
left join words on words.list = 'programme' and words.code = summary.programme
where summary.rows_landed > 0
order by words.place
