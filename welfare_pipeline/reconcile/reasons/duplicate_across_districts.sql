-- One row per recipient row whose person receives from the same programme in another district this month.
select
    recipients.row_id,
    [evidence_item('other_district', recipients.programme, null, null, value := other.other_district)] as items
from (select distinct programme, source_file, source_row, other_district from cross_district_duplicates) as other
join recipients using (programme, source_file, source_row)
