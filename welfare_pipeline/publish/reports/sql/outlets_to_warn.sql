-- One row per outlet with a price above its reference without a reason, by id; a long id, and what may be
-- somebody's number in the name of a commodity, is masked.
with candidates as (
    select *, regexp_replace(commodity, getvariable('somebodys'), '••••', 'g') as shown_commodity
    from outlet_price_findings
    where finding = 'candidate_for_sanction'
)

select
    if(
        length(regexp_replace(outlet_id, '\D', '', 'g')) >= 12,
        left(outlet_id, 2) || '••••' || right(outlet_id, 4),
        outlet_id
    ) as outlet,
    count(*) as prices,
    string_agg(distinct shown_commodity, ', ' order by shown_commodity) as commodities,
    max(above_reference_share) as above
from candidates
group by outlet_id
order by count(*) desc, outlet_id
