-- One row per recipient row of a family programme whose family card has an earlier row of another member.
select
    family_repeats.row_id,
    format('another member of the family card of {} row {}', first.source_file, first.source_row) as evidence
from family_repeats
join recipients as first on first.row_id = family_repeats.first_id
where not family_repeats.same_person
