-- One row per compared pair that may be one person, with the bits of evidence each field gives.
with weighed as (
    select
        *,
        case when family then $family_prior else $population_prior end as prior_bits,
        case when name_level >= 4 then $least_share else $least_name_words end as least_name_share,
        case when mother_level >= 4 then $least_share else $least_mother_words end as least_mother_share,
        case
            when two_births and not family then $never
            else $number_birth[family::integer * $number_birth_size + number_birth_code + 1]
        end as number_birth_bits,
        $number_birth[family::integer * $number_birth_size + birth_code + 1] as birth_bits,
        $name[family::integer * $name_size + name_level + 1]
        + case
            when name_level >= 2 and not family then log2($name_share[name_level + 1] / greatest(name_share, least_name_share))
            else 0
        end as name_bits,
        $mother[family::integer * $mother_size + mother_level + 1]
        + case
            when mother_level >= 2 and not family
                then log2($mother_share[mother_level + 1] / greatest(mother_share, least_mother_share))
            else 0
        end as mother_bits,
        $sex[family::integer * $sex_size + sex_level + 1] as sex_bits,
        case when family then 0 else $card_village[card_village_code + 1] end as place_bits,
        case when family then 0 else $card_village[village_level + 1] end as village_bits
    from pair_level
)

select
    left_id,
    right_id,
    family,
    columns('^(nik|number|birth|name|mother|sex|card|village)_level$')::utinyint,
    $relatives
    and nik_level = 4
    and (
        (name_level = 1 and (not birth_date_agrees or (card_level = 1 and village_level in (1, 2))))
        or (birth_level = 1 and (name_level = 2 or (name_level = 3 and card_level = 1)))
    ) as conflict,
    $relatives and neighbouring_numbers and name_level < 5 and birth_level not in (1, 2) as twins,
    -- one name, one village, and one place and day of birth in two numbers: the number was issued anew (two numbers that
    -- follow each other may as well belong to two namesakes)
    nik_level = 2
    and not consecutive_numbers
    and birth_level = 4
    and name_level >= 4
    and village_level = 3
    and sex_level <> 1
    and mother_level <> 1
    and not twins as issued_anew,
    -- who could be told by birth date and NIK, or card and all but a digit of the NIK, however the name is written, or by
    -- card, birth date and a part of the name
    $relatives
    and (
        ((one_digit_off or (nik_level = 4 and birth_date_agrees)) and birth_level >= 3 and sex_level <> 1)
        or ((one_digit_off or nik_level = 4) and birth_level >= 2 and name_level >= 2 and not two_births)
        or (family and birth_level = 4 and (name_level >= 3 or (name_level = 2 and nik_level = 1 and number_level = 0)))
        or (birth_level = 4 and name_level = 0 and nik_level in (2, 3) and village_level = 3)
    ) as nearly_equal,
    two_birth_years,
    successive_numbers,
    number_birth_bits - birth_bits as nik_bits,
    birth_bits,
    name_bits,
    mother_bits,
    sex_bits,
    place_bits - village_bits as card_bits,
    village_bits,
    prior_bits + number_birth_bits + name_bits + mother_bits + sex_bits + place_bits as bits
from weighed
where (bits > $least_weight or nik_level = 4 or nearly_equal)
    -- two numbers that each vouch for another birth date on one card: father and son, siblings
    and not ($relatives and family and two_births and nik_level in (1, 2) and (birth_level = 1 or name_level < 5))
    and not ($relatives and two_birth_years and family and nik_level = 3 and name_level < 5)
    and not (twins and name_level = 1)
    -- a name, or a name in a village, beside another birth date, another card and no number that agrees: a namesake
    and not ($relatives and nik_level < 2 and birth_level = 1 and card_level = 1 and mother_level = 0)
