-- One row per pair that people have to settle: a landed row and the registry person it may be.
with pairs as (
    select
        keyed('pair', $secret, links.person_key || registered.person_key) as pair_id,
        links.row_id,
        links.registry_row_id,
        links.source,
        links.person_key,
        registered.person_key as registry_person_key,
        links.match_probability,
        links.guard,
        field.* exclude (left_id, right_id),
        case
            when question.conflict then 'number_conflict'
            when links.guard = 'competing_claim' then 'competing_claim'
            when question.family then 'one_family'
            else 'weak_evidence'
        end as doubt
    from links
    inner join links as registered on links.registry_row_id = registered.row_id
    inner join questions.pair_score as question
        on links.row_id = question.left_id and links.registry_row_id = question.right_id
    inner join agreements('questions.pair_score') as field
        on question.left_id = field.left_id and question.right_id = field.right_id
    where links.match_band = 'review' and links.source <> 'registry'
    qualify row_number() over (partition by links.person_key, registered.person_key order by links.row_id) = 1
),

fields as (
    select
        pair_id,
        unnest(range(7)) as place,
        unnest(['NIK', 'name', 'birth date', 'family card', 'mother''s name', 'sex', 'village']) as field,
        unnest([
            nik_agreement, name_agreement, birth_date_agreement, family_card_agreement, mother_name_agreement,
            sex_agreement, village_agreement
        ]) as agreement,
        unnest([
            nik_weight, name_weight, birth_date_weight, family_card_weight, mother_name_weight, sex_weight, village_weight
        ]) as bits
    from pairs
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
    pairs.*,
    doubt.words || '. ' || coalesce(told.weights || '.', '') as explanation,
    origin.source_file,
    origin.source_row,
    origin.village_code,
    origin.nik,
    origin.name,
    origin.family_card_number,
    origin.address,
    registered.nik as registry_nik,
    registered.name as registry_name,
    registered.family_card_number as registry_family_card_number
from pairs
inner join words as doubt on doubt.list = 'doubt' and doubt.code = pairs.doubt
inner join person_rows as origin on pairs.row_id = origin.row_id
left join told on pairs.pair_id = told.pair_id
inner join person_rows as registered on pairs.registry_row_id = registered.row_id
