-- One row per weighed row: the registry person it is nearest to, what each field says of that, and what came of it.
select
    decision.row_id,
    decision.registry_row_id,
    decision.match_band,
    decision.match_probability,
    pair.family as same_card,
    pair.bits as weight,
    pair.bits
    - pair.nik_bits
    - pair.name_bits
    - pair.birth_bits
    - pair.card_bits
    - pair.mother_bits
    - pair.sex_bits
    - pair.village_bits as prior_weight,
    field.* exclude (left_id, right_id)
from decision
inner join person_score as pair on decision.row_id = pair.left_id and decision.registry_row_id = pair.right_id
inner join agreements('person_score') as field on pair.left_id = field.left_id and pair.right_id = field.right_id
