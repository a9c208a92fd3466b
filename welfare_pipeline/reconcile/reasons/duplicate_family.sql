-- One row per recipient row of a family programme whose family card has an earlier row of another member.
select row_id, format('another member of the family card of {} row {}', first_file, first_row) as evidence
from family_repeats
where not same_person
