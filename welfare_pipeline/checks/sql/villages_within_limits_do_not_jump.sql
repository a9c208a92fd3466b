-- One row per village whose share of people within the limits is far from that of the month before.
select
    in_both(
        format('{{}} ({{:.1f}} %, before {{:.1f}} %)', village_code, 100 * share, 100 * share_before),
        replace(format('{{}} ({{:.1f}}%; sebelumnya {{:.1f}}%)', village_code, 100 * share, 100 * share_before), '.', ',')
    ) as example
from {batch}
where abs(share - share_before) > getvariable('village_share_jump')
