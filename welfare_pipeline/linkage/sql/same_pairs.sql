-- One row per compared pair that is surely one person: not two of one family name under one number whose birth dates
-- cannot be compared.
select left_id, right_id
from pair_score
where bits >= log2($same / (1 - $same)) and not conflict and not twins and not elsewhere and not born_elsewhen
    and not perhaps_twin and not perhaps_namesake
    and not ($relatives and only_name_and_village)
    and (name_level <> 1 or not $relatives)
    and not (name_level = 2 and birth_level = 0 and $relatives)
