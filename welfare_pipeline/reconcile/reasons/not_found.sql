-- One row per recipient row whose person the village's latest decision could not find.
select
    row_id,
    [evidence_item('decision', 'eligibility_decisions', source_file, source_row, decided_on, outcome, period)] as items
from standing_presence
where outcome = 'TT'
