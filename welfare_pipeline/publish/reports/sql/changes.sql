-- One row per programme, and one for the registry: why there are more or fewer rows than last month.
select
    coalesce(words.words, 'Data terpadu') as programme,
    changes.rows_before,
    changes.entered + changes.moved_in as came,
    changes.departed + changes.moved_out as went,
    changes.repeated_more,
    changes.rows_after
from programme_changes as changes
left join words on words.list = 'programme' and words.code = changes.programme
order by words.place nulls first
