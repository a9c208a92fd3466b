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
        case compared_pair.mother_level
            when 3 then 'same' when 2 then 'similar' when 1 then 'different' else 'missing'
        end as mother_name_agreement,
        case compared_pair.sex_level when 2 then 'same' when 1 then 'different' else 'missing' end as sex_agreement,
        case compared_pair.village_level
            when 3 then 'same' when 2 then 'similar' when 1 then 'different' else 'missing'
        end as village_agreement,
        coalesce(compared_pair.conflict, false) as conflict
    from links
    inner join links as registered on links.registry_row_id = registered.row_id
    left join compared_pair on links.row_id = compared_pair.left_id and links.registry_row_id = compared_pair.right_id
    where links.match_band = 'review'
    qualify row_number() over (partition by links.person_key, registered.person_key order by links.row_id) = 1
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
            then 'The NIK is the same, but the names differ and the birth date does not confirm it.'
        else 'The evidence is not enough to decide by itself: '
            || concat_ws(
                '; ',
                'NIK ' || pairs.nik_agreement,
                'name ' || pairs.name_agreement,
                'birth date ' || pairs.birth_date_agreement,
                'family card ' || pairs.family_card_agreement,
                'village ' || pairs.village_agreement
            ) || '.'
    end as explanation,
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
inner join listed as registered on pairs.registry_row_id = registered.row_id
