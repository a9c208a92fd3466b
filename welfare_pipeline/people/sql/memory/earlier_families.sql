-- One row per earlier key of a person, with the family of the latest month that named the person in a new way.
select person_key, max_by(family_key, row(period, identity)) as family_key
from known_person
group by person_key
