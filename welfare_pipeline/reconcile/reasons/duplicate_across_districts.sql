-- One row per recipient row whose person receives from the same programme in another district this month.
select
    recipients.row_id,
    'the same person in the list of ' || string_agg(other.other_district, ', ' order by other.other_district) as evidence
from cross_district_duplicates as other
join recipients on recipients.row_id = other.recipient_row_id
group by recipients.row_id
