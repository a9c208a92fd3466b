-- One row per candidate pair: how each field compares, from 0 missing over 1 different to the highest, same (the levels:
-- comparisons.toml).
-- A level that others follow from is made in a step of its own: within one select DuckDB would write it out in full
-- wherever it is named, and plan for longer than it computes.
with left_person as (
    select columns('(.+)') as 'l_\1' from person
),

right_person as (
    select columns('(.+)') as 'r_\1' from person
),

paired as (
    select
        candidate.left_id,
        candidate.right_id,
        l.* exclude (l_row_id),
        r.* exclude (r_row_id),
        l_name.share as l_name_share,
        l_mother.share as l_mother_share,
        name_pair.level as name_pair_level,
        name_pair.share as name_pair_share,
        mother_pair.level as mother_pair_level,
        mother_pair.share as mother_pair_share
    from candidate
    inner join left_person as l on candidate.left_id = l.l_row_id
    inner join right_person as r on candidate.right_id = r.r_row_id
    left join name as l_name on l.l_name_id = l_name.name_id
    left join name as l_mother on l.l_mother_id = l_mother.name_id
    left join name_pair
        on least(l.l_name_id, r.r_name_id) = name_pair.a and greatest(l.l_name_id, r.r_name_id) = name_pair.b
    left join name_pair as mother_pair
        on least(l.l_mother_id, r.r_mother_id) = mother_pair.a and greatest(l.l_mother_id, r.r_mother_id) = mother_pair.b
),

by_field as (
    select
        *,
        {nik} as nik_level,
        l_birth_date is not null and l_birth_date = r_birth_date as birth_date_agrees,
        name_level(l_name_id, r_name_id, name_pair_level) as name_level,
        case when l_name_id = r_name_id then l_name_share else name_pair_share end as name_share,
        name_level(l_mother_id, r_mother_id, mother_pair_level) as mother_level,
        case when l_mother_id = r_mother_id then l_mother_share else mother_pair_share end as mother_share,
        {sex} as sex_level,
        {card} as card_level,
        {village} as village_level
    from paired
),

by_number as (
    select
        *,
        {birth} as birth_level,
        -- each number vouches for the birth date beside it, and these differ: no slip of a pen made two of one
        nik_level < 4
        and coalesce(l_vouched_birth <> r_vouched_birth or l_vouched_year <> r_vouched_year, false) as two_births,
        nik_level < 4 and coalesce(l_vouched_year <> r_vouched_year, false) as two_birth_years,
        -- a mistyped card is still the family's, unless the number is another, too, and no birth date vouches for it
        card_level = 3 or (card_level = 2 and not two_births and (nik_level <> 1 or birth_date_agrees)) as family
    from by_field
),

by_family as (
    select
        *,
        case
            -- a number that contradicts the birth date beside it may be another's: that it differs says nothing
            when nik_level = 1 and birth_level >= 2 and not coalesce(l_nik_fits and r_nik_fits, true) then 0
            -- numbers that differ in their date alone, beside one birth date, are one number (of brother and sister, too)
            when nik_level < 4 and birth_date_agrees and name_level >= 3 and not l_is_reference
                and l_nik[1:6] = r_nik[1:6] and l_nik[13:] = r_nik[13:] and length(l_nik) = 16 and length(r_nik) = 16
                and try_cast(l_nik[7:12] as integer) % 400000 <> try_cast(r_nik[7:12] as integer) % 400000 then 4
            else nik_level
        end as number_level,
        case  -- twins are recorded one after the other
            when family and l_nik_valid and r_nik_valid and nik_level < 4 and length(l_nik) = 16 and l_nik[1:6] = r_nik[1:6]
                and l_nik[9:12] = r_nik[9:12] and l_nik[7:8]::integer % 40 = r_nik[7:8]::integer % 40
                then abs(l_nik[13:16]::integer - r_nik[13:16]::integer) <= $neighbouring_serials and l_nik <> r_nik
            else false
        end as neighbouring_numbers,
        case when nik_level = 2 then abs(l_nik[13:16]::integer - r_nik[13:16]::integer) end as serials_apart,
        coalesce(serials_apart < $consecutive_serials, false) as consecutive_numbers,
        coalesce(serials_apart <= $neighbouring_serials, false) as successive_numbers,
        family or village_level >= 2 as is_near
    from by_number
)

select
    -- all but what is one row's, or of what levels are made
    columns(lambda c: not regexp_matches(c, '^[lr]_|_pair_|^serials_apart$')),
    case when family and nik_level in (2, 3) and not neighbouring_numbers then damerau_levenshtein(l_nik, r_nik) <= 1 else false end
        as one_digit_off,
    -- the places in the lists of the model that two fields share
    is_near::integer * 25 + number_level * 5 + birth_level as number_birth_code,
    is_near::integer * 25 + birth_level as birth_code,
    card_level * 4 + village_level as card_village_code
from by_family
