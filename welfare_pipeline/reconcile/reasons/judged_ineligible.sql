-- One row per recipient row whose latest decision says not eligible, well off or refused.
select
    row_id,
    [evidence_item('judgement', 'eligibility_decisions', source_file, source_row, decided_on, outcome, period)] as items
from standing_decisions
where outcome in ('TIDAK LAYAK', 'SUDAH MAMPU', 'MM')
