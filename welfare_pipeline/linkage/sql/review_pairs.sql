-- One row per pair that people have to settle: a landed row and the registry person it may be.
with pairs as (
    select
        sha256($secret || sha256($secret || 'pair:' || links.person_key || registered.person_key))[1:32] as pair_id,
        links.row_id,
        links.registry_row_id,
        links.source,
        links.person_key,
        registered.person_key as registry_person_key,
        links.match_probability,
        case compared_pair.nik_level
            when 4 then 'same' when 3 then 'similar' when 2 then 'different' when 1 then 'different' else 'missing'
        end as nik_agreement,
        case when compared_pair.name_level = 0 then 'missing' when compared_pair.name_level = 1 then 'different'
            when compared_pair.name_level = 5 then 'same' else 'similar'
        end as name_agreement,
        case when compared_pair.birth_level = 0 then 'missing' when compared_pair.birth_level = 1 then 'different'
            when compared_pair.birth_level = 2 then 'similar' else 'same'
        end as birth_date_agreement,
        case compared_pair.card_level
            when 3 then 'same' when 2 then 'similar' when 1 then 'different' else 'missing'
        end as family_card_agreement,
        case when compared_pair.mother_level = 5 then 'same' when compared_pair.mother_level >= 2 then 'similar'
            when compared_pair.mother_level = 1 then 'different' else 'missing'
        end as mother_name_agreement,
        case compared_pair.sex_level when 2 then 'same' when 1 then 'different' else 'missing' end as sex_agreement,
        case compared_pair.village_level
            when 3 then 'same' when 2 then 'similar' when 1 then 'different' else 'missing'
        end as village_agreement,
        coalesce(compared_pair.conflict, false) as conflict,
        compared_pair.nik_bits,
        compared_pair.name_bits,
        compared_pair.birth_bits,
        compared_pair.mother_bits,
        compared_pair.sex_bits,
        compared_pair.place_bits,
        compared_pair.family
    from links
    inner join links as registered on links.registry_row_id = registered.row_id
    left join compared_pair on links.row_id = compared_pair.left_id and links.registry_row_id = compared_pair.right_id
    where links.match_band = 'review' and links.source <> 'registry'
    qualify row_number() over (partition by links.person_key, registered.person_key order by links.row_id) = 1
),

fields as (
    select pair_id, 1 as place, 'NIK ' || nik_agreement as field, nik_bits as bits from pairs where nik_agreement <> 'missing'
    union all
    select pair_id, 2, 'name ' || name_agreement, name_bits from pairs where name_agreement <> 'missing'
    union all
    select pair_id, 3, 'birth date ' || birth_date_agreement, birth_bits
    from pairs
    where birth_date_agreement <> 'missing'
    union all
    select pair_id, 4, 'mother''s name ' || mother_name_agreement, mother_bits
    from pairs
    where mother_name_agreement <> 'missing'
    union all
    select pair_id, 5, 'sex ' || sex_agreement, sex_bits from pairs where sex_agreement <> 'missing'
    union all
    select pair_id, 6, concat_ws(', ', 'family card ' || family_card_agreement, 'village ' || village_agreement), place_bits
    from pairs
    where not family
),

told as (
    select
        pair_id,
        string_agg(
            field || ' speaks '
            || case
                when bits >= 8 then 'strongly for'
                when bits >= 2 then 'for'
                when bits > -2 then 'neither for nor against'
                when bits > -6 then 'against'
                else 'strongly against'
            end
            || ' one person (' || printf('%+.1f', bits) || ')',
            '; ' order by place
        ) || '.' as weights
    from fields
    group by pair_id
)

select
    pairs.pair_id,
    pairs.source,
    origin.source_file,
    origin.source_row,
    pairs.person_key,
    pairs.registry_person_key,
    pairs.match_probability,
    pairs.nik_agreement,
    pairs.name_agreement,
    pairs.birth_date_agreement,
    pairs.family_card_agreement,
    pairs.mother_name_agreement,
    pairs.sex_agreement,
    pairs.village_agreement,
    case
        when pairs.conflict
            then 'The NIK is the same, but the names differ and the birth date does not confirm it. '
        when pairs.family then 'They stand on one family card, where people resemble each other. '
        else 'The evidence does not decide by itself. '
    end || coalesce(told.weights, '') as explanation,
    origin.village_code,
    origin.nik as nik,
    origin.name,
    origin.family_card_number,
    origin.address,
    registered.nik as registry_nik,
    registered.name as registry_name,
    registered.family_card_number as registry_family_card_number
from pairs
inner join listed as origin on pairs.row_id = origin.row_id
left join told on pairs.pair_id = told.pair_id
inner join listed as registered on pairs.registry_row_id = registered.row_id
