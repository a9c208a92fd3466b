-- One row: the district's main figures.
select
    district_summary.* exclude (period, district_code),
    (select count(*) from landed_files) as files,
    (select count(*) from landed_files where state = 'rejected') as files_rejected,
    (select count(*) from review_pairs) as pairs_to_settle,
    (select count(*) from identity_repairs) as identities_to_repair
from (select 1)
left join district_summary on true
