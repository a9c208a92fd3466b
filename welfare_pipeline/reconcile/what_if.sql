-- One row per accepted recipient row: where it is, whether it is entitled, and rupiah a month (0: not known).
with villages as (
    select village_code, arg_min(village_name, row_id) as village_name from population group by village_code
)

select
    rules.place,
    outcomes.programme,
    rules.label_en as programme_label,
    outcomes.source_file,
    outcomes.source_row,
    outcomes.village_code,
    villages.village_name,
    outcomes.outcome <> 'off_target' as is_entitled,
    outcomes.outcome = 'to_verify' as is_to_verify,
    coalesce(outcomes.monthly_amount, 0) as amount
from recipient_outcomes as outcomes
join programme_rules as rules on rules.programme = outcomes.programme
left join villages on villages.village_code = outcomes.village_code
order by outcomes.programme, outcomes.source_file, outcomes.source_row
