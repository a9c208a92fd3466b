-- Who is paid and should not be? One row per recipient row that is certainly off target, with reason, evidence and action.
-- Nobody is named: the district's own database has the same rows with names; `welfare explain` tells of each row.
select
    period,
    district_name,
    subdistrict_name,
    village_name,
    programme,
    primary_reason,
    evidence,
    recommended_action,
    legal_basis,
    person_key,
    source_file,
    source_row
from off_target_recipients_named
where period = (select max(period) from district_summary) and outcome = 'off_target'
order by period, district_code, village_code, programme, source_file, source_row
