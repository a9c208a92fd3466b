-- What several queries of linkage say: functions of values, and of a table of compared pairs.

-- A number to find equal ones by. (DuckDB's hash() of 16 digits collides, for 4 of 10,000 NIKs of a registry: it is good
-- for blocks, not for equality.)
create macro number_key(digits) as coalesce(
    case when length(digits) = 16 and digits not ilike '%e%' then try_cast(digits as ubigint) end,
    md5_number_lower(digits)
);

-- The keyed hash that is published in place of what it is of.
create macro keyed(kind, secret, identity) as sha256(secret || sha256(secret || kind || ':' || identity))[1:32];

-- The odds that bits of evidence stand for, so bounded that their sums stay numbers.
create macro odds_of(bits) as pow(2, least(bits, 60));

-- Whether one slip makes two texts of one. (A case, as DuckDB computes both sides of an `and`: the cheap distance first.)
create macro one_slip(a, b) as case
    when length(a) = length(b) then case when hamming(a, b) <= 2 then damerau_levenshtein(a, b) <= 1 end
    when left(a, length(a) // 2) = left(b, length(a) // 2) or a[-(length(a) // 2):] = b[-(length(a) // 2):]
        then damerau_levenshtein(a, b) <= 1
end;

-- Whether one text is the beginning of the other.
create macro is_cut(a, b) as starts_with(a, b) or starts_with(b, a);

create macro is_first_of_january(date) as month(date) = 1 and day(date) = 1;

-- How two names compare, by the level of their spellings where these are not the same.
create macro name_level(a, b, of_pair) as case
    when a is null or b is null then 0 when a = b then 5 else coalesce(of_pair, 1)
end;

-- How each field of compared pairs agrees, in the words of the vocabulary, and what it says in bits.
create macro agreements(pairs) as table
select
    left_id,
    right_id,
    ['missing', 'different', 'similar', 'similar', 'same'][nik_level + 1] as nik_agreement,
    ['missing', 'different', 'similar', 'similar', 'similar', 'same'][name_level + 1] as name_agreement,
    ['missing', 'different', 'similar', 'same', 'same'][birth_level + 1] as birth_date_agreement,
    ['missing', 'different', 'similar', 'same'][card_level + 1] as family_card_agreement,
    ['missing', 'different', 'similar', 'similar', 'similar', 'same'][mother_level + 1] as mother_name_agreement,
    ['missing', 'different', 'same'][sex_level + 1] as sex_agreement,
    ['missing', 'different', 'similar', 'same'][village_level + 1] as village_agreement,
    nik_bits as nik_weight,
    name_bits as name_weight,
    birth_bits as birth_date_weight,
    card_bits as family_card_weight,
    mother_bits as mother_name_weight,
    sex_bits as sex_weight,
    village_bits as village_weight
from query_table(pairs);
