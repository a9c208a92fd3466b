-- Which outlets ask too much? One row per outlet: prices seen, those above the reference without a reason, the worst.
select
    period,
    district_name,
    subdistrict_name,
    village_name,
    outlet_id,
    count(*) as prices_seen,
    count(*) filter (where finding = 'candidate_for_sanction') as candidates_for_sanction,
    max(above_reference_share) as worst_above_reference,
    max(families_served) as families_served
from outlet_price_findings_named
where period = (select max(period) from district_summary)
group by all
order by candidates_for_sanction desc, worst_above_reference desc, outlet_id, village_name
