-- One row per accepted recipient row: where it is, whether it is entitled, and rupiah a month (0: not known).
select
    programme,
    source_file,
    source_row,
    village_code,
    outcome <> 'off_target' as is_entitled,
    outcome = 'to_verify' as is_to_verify,
    coalesce(monthly_amount, 0) as amount
from recipient_outcomes
order by programme, source_file, source_row
