-- One row per family card on which a husband or wife stands, in the registry, a programme list or a proposal.
select family_card_number as card from registry where card_status = 'valid' and relationship in ('2', '3')
union
select family_card_number from recipient_rows where card_status = 'valid' and relationship in ('2', '3')
union
select family_card_number from proposals where card_status = 'valid' and relationship in ('2', '3')
