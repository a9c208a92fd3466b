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
    nik_agreement(pair.nik_level) as nik_agreement,
    name_agreement(pair.name_level) as name_agreement,
    birth_agreement(pair.birth_level) as birth_date_agreement,
    place_agreement(pair.card_level) as family_card_agreement,
    name_agreement(pair.mother_level) as mother_name_agreement,
    sex_agreement(pair.sex_level) as sex_agreement,
    place_agreement(pair.village_level) as village_agreement,
    pair.nik_bits as nik_weight,
    pair.name_bits as name_weight,
    pair.birth_bits as birth_date_weight,
    pair.card_bits as family_card_weight,
    pair.mother_bits as mother_name_weight,
    pair.sex_bits as sex_weight,
    pair.village_bits as village_weight
from decision
inner join person_score as pair on decision.row_id = pair.left_id and decision.registry_row_id = pair.right_id
