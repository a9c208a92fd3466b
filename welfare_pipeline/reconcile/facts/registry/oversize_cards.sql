-- One row per family card number that stands beside more people than a family has: it proves no family.
select card from oversize_cards($family_size_limit)
