-- One row per way in which lists name a person and key of an answered question under which that is known.
select distinct identity, person_key from asked_row where identity is not null
