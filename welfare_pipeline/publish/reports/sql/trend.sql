-- One row per published month of the last twelve: what became of the district's recipients.
select period, recipients, off_target, to_verify
from district_months
order by period desc
limit 12
