-- One row per fact of an earlier month and family card of this month that it concerns: the family's of the person then and
-- now, and the one that the fact named.
select distinct concerned.period, concerned.row_id, family_cards.card
from (
    select period, row_id, unnest([family_key, family_then, card_key]) as family_key from earlier_facts
) as concerned
join family_cards using (family_key)
