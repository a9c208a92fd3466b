-- One row per list with rows that were not compared with everybody, as too many people share what they have.
select source || ': ' || grouped(rows_not_fully_compared) || ' of ' || grouped(rows) || ' rows' as example
from {batch}
where rows_not_fully_compared > 0
