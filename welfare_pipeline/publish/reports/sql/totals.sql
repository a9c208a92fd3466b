-- One row per published figure beside the counted one.
select
    coalesce(words.words, control_totals.measure) as measure,
    control_totals.published,
    control_totals.counted,
    control_totals.difference
from control_totals
left join words on words.list = 'measure' and words.code = control_totals.measure
order by words.place, control_totals.source_file, control_totals.source_row
