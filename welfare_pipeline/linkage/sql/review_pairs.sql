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
        links.guard,
        nik_agreement(question.nik_level) as nik_agreement,
        name_agreement(question.name_level) as name_agreement,
        birth_agreement(question.birth_level) as birth_date_agreement,
        place_agreement(question.card_level) as family_card_agreement,
        name_agreement(question.mother_level) as mother_name_agreement,
        sex_agreement(question.sex_level) as sex_agreement,
        place_agreement(question.village_level) as village_agreement,
        question.nik_bits,
        question.name_bits,
        question.birth_bits,
        question.card_bits,
        question.mother_bits,
        question.sex_bits,
        question.village_bits,
        case
            when question.conflict then 'number_conflict'
            when links.guard = 'competing_claim' then 'competing_claim'
            when question.family then 'one_family'
            else 'weak_evidence'
        end as doubt
    from links
    inner join links as registered on links.registry_row_id = registered.row_id
    inner join questions.pair_score as question on links.row_id = question.left_id and links.registry_row_id = question.right_id
    where links.match_band = 'review' and links.source <> 'registry'
    qualify row_number() over (partition by links.person_key, registered.person_key order by links.row_id) = 1
),

fields as (
    select pair_id, 1 as place, 'NIK' as field, nik_agreement as agreement, nik_bits as bits from pairs
    union all
    select pair_id, 2, 'name', name_agreement, name_bits from pairs
    union all
    select pair_id, 3, 'birth date', birth_date_agreement, birth_bits from pairs
    union all
    select pair_id, 4, 'family card', family_card_agreement, card_bits from pairs
    union all
    select pair_id, 5, 'mother''s name', mother_name_agreement, mother_bits from pairs
    union all
    select pair_id, 6, 'sex', sex_agreement, sex_bits from pairs
    union all
    select pair_id, 7, 'village', village_agreement, village_bits from pairs
),

told as (
    select
        fields.pair_id,
        string_agg(
            format(
                '{} {} speaks {} one person ({})', fields.field, fields.agreement, support.words, printf('%+.1f', fields.bits)
            ),
            '; '
            order by fields.place
        ) as weights
    from fields
    asof join support on fields.bits >= support.least
    where fields.agreement <> 'missing'
    group by fields.pair_id
)

select
    pairs.pair_id,
    pairs.source,
    origin.source_file,
    origin.source_row,
    pairs.person_key,
    pairs.registry_person_key,
    pairs.match_probability,
    pairs.guard,
    pairs.nik_agreement,
    pairs.name_agreement,
    pairs.birth_date_agreement,
    pairs.family_card_agreement,
    pairs.mother_name_agreement,
    pairs.sex_agreement,
    pairs.village_agreement,
    pairs.nik_bits as nik_weight,
    pairs.name_bits as name_weight,
    pairs.birth_bits as birth_date_weight,
    pairs.card_bits as family_card_weight,
    pairs.mother_bits as mother_name_weight,
    pairs.sex_bits as sex_weight,
    pairs.village_bits as village_weight,
    pairs.doubt,
    doubt.words || '. ' || coalesce(told.weights || '.', '') as explanation,
    origin.village_code,
    origin.nik as nik,
    origin.name,
    origin.family_card_number,
    origin.address,
    registered.nik as registry_nik,
    registered.name as registry_name,
    registered.family_card_number as registry_family_card_number
from pairs
inner join words as doubt on doubt.list = 'doubt' and doubt.code = coalesce(pairs.doubt, 'weak_evidence')
inner join person_rows as origin on pairs.row_id = origin.row_id
left join told on pairs.pair_id = told.pair_id
inner join person_rows as registered on pairs.registry_row_id = registered.row_id
