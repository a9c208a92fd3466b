-- One row per compared pair that is surely one person.
select left_id, right_id
from pair_score
where bits >= log2($same / (1 - $same)) and not conflict and not twins and not elsewhere and (name_level <> 1 or not $relatives)
