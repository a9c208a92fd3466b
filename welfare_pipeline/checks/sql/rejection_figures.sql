-- One row per list and reason: rejected rows.
select source || ': ' || reason as label, count(*) as figure from rejected_rows group by label order by label
