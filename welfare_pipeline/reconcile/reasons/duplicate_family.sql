-- One row per recipient row of a family programme whose family card has an earlier row of another member.
select
    family_repeats.row_id,
    [evidence_item('same_family', first.programme, first.source_file, first.source_row)] as items
from family_repeats
join recipients as first on first.row_id = family_repeats.first_id
where not family_repeats.same_person
