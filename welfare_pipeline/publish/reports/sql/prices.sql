-- One row per way a price compares with its reference: prices and outlets.
select
    words.words as finding,
    count(*) as prices,
    count(distinct outlet_id) as outlets
from outlet_price_findings
join words on words.list = 'price_finding' and words.code = outlet_price_findings.finding
group by words.words, words.place
order by words.place
