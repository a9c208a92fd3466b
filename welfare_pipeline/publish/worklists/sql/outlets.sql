-- One row per price above its reference that an outlet gave no reason for, with the outlet's name.
select
    price.outlet_id,
    landed.outlet_name,
    price.village_code,
    price.commodity,
    price.unit,
    price.price,
    price.reference_price,
    price.above_reference_share
from outlet_price_findings as price
left join outlet_prices as landed using (source_file, source_row)
where price.finding = 'candidate_for_sanction'
order by price.outlet_id, price.source_file, price.source_row
