-- One row per reason, with its words and the newest law it rests on.
select reason, meaning_id, meaning_en, certainty, legal_basis
from catalogue_reasons
