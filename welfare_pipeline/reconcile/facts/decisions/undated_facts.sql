-- One row per undated decision or statement of presence: the last day of the month in which it first landed.
select period, 'eligibility_decisions' as source, source_file, source_row, dated_on
from decisions
where decided_on is null
union all
select period, list, source_file, source_row, dated_on
from presence_statements
where dated is null
