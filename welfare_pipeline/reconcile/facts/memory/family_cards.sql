-- One row per family of this month and usable card of a person of it, as that person's first row has it.
select distinct links.family_key, person_rows.usable_card as card
from links
join person_rows using (row_id)
where links.row_id = links.person_id and person_rows.usable_card is not null
