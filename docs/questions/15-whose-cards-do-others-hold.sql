-- Whose payment cards do others hold? One row per village and holder: payments, families, and rupiah.
select
    period,
    district_name,
    subdistrict_name,
    village_name,
    card_holder,
    count(*) as payments,
    count(distinct family_key) as families,
    sum(amount) as amount
from disbursement_reconciliation_named
where period = (select max(period) from district_summary) and card_held_by_other
group by all
order by payments desc, district_name, subdistrict_name, village_name, card_holder
