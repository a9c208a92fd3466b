-- One row per compared pair that is surely one person by its weights, taken by itself.
select *, odds_of(bits) as odds, odds_of(bits) as all_odds, odds_of(bits) / (1 + odds_of(bits)) as probability, false as claimed
from pair_score
where bits >= log2($same / (1 - $same))
