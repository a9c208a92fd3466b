-- One row per recipient row whose latest decision says not eligible, well off or refused.
select row_id, format('decision {}: {}', outcome, evidence) as evidence
from standing_decisions
where outcome in ('TIDAK LAYAK', 'SUDAH MAMPU', 'MM')
