-- One row per recipient row left for people that shares name and birth date with the registry person it may be, and nothing
-- else: another card, another sub-district, and two numbers of other places that both have the birth date in them.
select recipients.row_id
from recipients
join people using (row_id)
join person_rows as landed using (row_id)
join person_rows as registered on registered.row_id = people.candidate_id
where
    landed.birth_date_fits_nik
    and registered.birth_date_fits_nik
    and landed.birth_date = registered.birth_date
    and landed.nik[:6] <> registered.nik[:6]
    and damerau_levenshtein(landed.nik, registered.nik) > 1
    and landed.usable_card <> registered.usable_card
    and landed.village_code[:6] <> registered.village_code[:6]
