-- One row per compared pair that is surely one person: not two whose valid numbers, cards and villages all differ.
select left_id, right_id
from pair_score
where bits >= log2($same / (1 - $same)) and not conflict and (name_level <> 1 or not $relatives)
    and not (nik_level = 1 and card_level = 1 and village_level in (1, 2))
