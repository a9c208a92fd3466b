-- One row per outlet with a price above its reference without a reason, by id; a long id is masked.
select
    if(
        length(regexp_replace(outlet_id, '\D', '', 'g')) >= 12,
        left(outlet_id, 2) || '••••' || right(outlet_id, 4),
        outlet_id
    ) as outlet,
    count(*) as prices,
    string_agg(distinct commodity, ', ' order by commodity) as commodities,
    max(above_reference_share) as above
from outlet_price_findings
where finding = 'candidate_for_sanction'
group by outlet_id
order by count(*) desc, outlet_id
