-- One row per candidate pair: how each field compares, from 0 missing over 1 different to the highest, same.
select
    candidate.left_id,
    candidate.right_id,
    case
        when l.nik is null or r.nik is null then 0
        when l.nik_key = r.nik_key and ((l.nik_valid and r.nik_valid) or l.nik[-1] <> '0') then 4
        when l.nik_valid and r.nik_valid and length(l.nik) = 16 and l.nik[1:12] = r.nik[1:12] then 2
        -- two people born on one day, each with a number of the place they live in
        when l.nik_is_local and r.nik_is_local and l.nik[7:] = r.nik[7:] and l.nik[:6] <> r.nik[:6]
            and coalesce(l.nik[:6] = l.subdistrict, true) and coalesce(r.nik[:6] = r.subdistrict, true) then 1
        when not (l.nik_valid and r.nik_valid) and length(l.nik) = 16 and l.nik[1:15] = r.nik[1:15] then 3
        when case  -- a case, as DuckDB computes both sides of an `and`; the cheap distance first
            when length(l.nik) = length(r.nik)
                then case when hamming(l.nik, r.nik) <= 2 then damerau_levenshtein(l.nik, r.nik) <= 1 end
            when abs(length(l.nik) - length(r.nik)) = 1
                and (
                    left(l.nik, length(l.nik) // 2) = left(r.nik, length(l.nik) // 2)
                    or l.nik[-(length(l.nik) // 2):] = r.nik[-(length(l.nik) // 2):]
                ) then damerau_levenshtein(l.nik, r.nik) <= 1
        end then 3
        when length(l.nik) <> length(r.nik)
            and least(length(l.nik), length(r.nik)) >= $least_digits
            and left(l.nik, least(length(l.nik), length(r.nik))) = left(r.nik, least(length(l.nik), length(r.nik))) then 3
        when l.nik_valid and r.nik_valid then 1
        else 0
    end as nik_level,
    case
        when l.birth is null or r.birth is null then 0
        -- in one village, the date in the number of one, with another or none beside it, is the other's, who has no number
        -- or a stranger's
        when l.village = r.village
            and case
                when nik_level = 0 then l.other_birth = r.birth_date or r.other_birth = l.birth_date
                when nik_level = 1 and l.birth = r.birth
                    then (l.birth_date is null and not r.nik_fits) or (r.birth_date is null and not l.nik_fits)
            end then 4
        when (l.birth_date is null or r.birth_date is null) and nik_level >= 1 then 0
        when l.birth = r.birth and month(l.birth) = 1 and day(l.birth) = 1 then 3
        when l.birth = r.birth then 4
        when year(l.birth) = year(r.birth)
            and (
                (month(l.birth) = day(r.birth) and day(l.birth) = month(r.birth))
                or (month(l.birth) = 1 and day(l.birth) = 1)
                or (month(r.birth) = 1 and day(r.birth) = 1)
            ) then 2
        when (year(l.birth) = year(r.birth))::integer + (month(l.birth) = month(r.birth))::integer
            + (day(l.birth) = day(r.birth))::integer = 2 then 2
        else 1
    end as birth_level,
    l.birth_date is not null and l.birth_date = r.birth_date as birth_date_agrees,
    -- each number vouches for the birth date beside it, and these differ: no slip of a pen made two of one
    nik_level < 4
    and coalesce(l.vouched_birth <> r.vouched_birth or l.vouched_year <> r.vouched_year, false) as two_births,
    case
        when l.name_id is null or r.name_id is null then 0
        when l.name_id = r.name_id then 5
        else coalesce(name_pair.level, 1)
    end as name_level,
    case when l.name_id = r.name_id then l_name.share else name_pair.share end as name_share,
    case
        -- a number that contradicts the birth date beside it may be another's: that it differs says nothing
        when nik_level = 1 and birth_level >= 2 and not coalesce(l.nik_fits and r.nik_fits, true) then 0
        -- numbers that differ in their date alone, beside one birth date, are one number (of brother and sister, too)
        when nik_level < 4 and birth_date_agrees and name_level >= 3 and not l.is_reference
            and l.nik[1:6] = r.nik[1:6] and l.nik[13:] = r.nik[13:] and length(l.nik) = 16 and length(r.nik) = 16
            and try_cast(l.nik[7:12] as integer) % 400000 <> try_cast(r.nik[7:12] as integer) % 400000 then 4
        else nik_level
    end as number_level,
    case
        when l.mother_id is null or r.mother_id is null then 0
        when l.mother_id = r.mother_id then 5
        else coalesce(mother_pair.level, 1)
    end as mother_level,
    case when l.mother_id = r.mother_id then l_mother.share else mother_pair.share end as mother_share,
    case when l.sex is null or r.sex is null then 0 when l.sex = r.sex then 2 else 1 end as sex_level,
    case
        when l.card is null or r.card is null then 0
        when l.card_key = r.card_key then 3
        when length(l.card) = 16 and l.card[1:12] = r.card[1:12] then 1
        when l.subdistrict <> r.subdistrict and l.card[1:6] = l.subdistrict and r.card[1:6] = r.subdistrict
            then 1  -- two cards, each of the place it is used in
        when case
            when length(l.card) = length(r.card)
                then case when hamming(l.card, r.card) <= 2 then damerau_levenshtein(l.card, r.card) <= 1 end
            when left(l.card, length(l.card) // 2) = left(r.card, length(l.card) // 2)
                or l.card[-(length(l.card) // 2):] = r.card[-(length(l.card) // 2):]
                then damerau_levenshtein(l.card, r.card) <= 1
        end then 2
        else 1
    end as card_level,
    case
        when l.village is null or r.village is null then 0
        when l.village = r.village then 3
        when l.subdistrict = r.subdistrict then 2
        else 1
    end as village_level,
    card_level >= 2 as family,  -- a mistyped card is still the family's
    case  -- twins are recorded one after the other
        when family and l.nik_valid and r.nik_valid and nik_level < 4 and length(l.nik) = 16 and l.nik[1:6] = r.nik[1:6]
            and l.nik[9:12] = r.nik[9:12] and l.nik[7:8]::integer % 40 = r.nik[7:8]::integer % 40
            then abs(l.nik[13:16]::integer - r.nik[13:16]::integer) < $neighbouring_serials and l.nik <> r.nik
        else false
    end as neighbouring_numbers,
    case when family and nik_level in (2, 3) and not neighbouring_numbers then damerau_levenshtein(l.nik, r.nik) <= 1 else false end
        as one_digit_off,
    case when nik_level = 2 then abs(l.nik[13:16]::integer - r.nik[13:16]::integer) < $neighbouring_serials else false end as consecutive_numbers,
    family or village_level >= 2 as is_near,
    -- the places in the lists of the model that two fields share
    is_near::integer * 25 + number_level * 5 + birth_level as number_birth_code,
    is_near::integer * 25 + birth_level as birth_code,
    card_level * 4 + village_level as card_village_code
from candidate
inner join person as l on candidate.left_id = l.row_id
inner join person as r on candidate.right_id = r.row_id
left join name as l_name on l.name_id = l_name.name_id
left join name as l_mother on l.mother_id = l_mother.name_id
left join name_pair
    on least(l.name_id, r.name_id) = name_pair.a and greatest(l.name_id, r.name_id) = name_pair.b
left join name_pair as mother_pair
    on least(l.mother_id, r.mother_id) = mother_pair.a and greatest(l.mother_id, r.mother_id) = mother_pair.b
