-- One row per pair to settle, with how its two people compare and what that says.
with fields as (
    select pair_id, 1 as place, 'NIK' as field, nik_agreement as agreement, nik_weight as weight from review_pairs
    union all
    select pair_id, 2, 'nama', name_agreement, name_weight from review_pairs
    union all
    select pair_id, 3, 'tanggal lahir', birth_date_agreement, birth_date_weight from review_pairs
    union all
    select pair_id, 4, 'KK', family_card_agreement, family_card_weight from review_pairs
    union all
    select pair_id, 5, 'ibu kandung', mother_name_agreement, mother_name_weight from review_pairs
    union all
    select pair_id, 6, 'jenis kelamin', sex_agreement, sex_weight from review_pairs
    union all
    select pair_id, 7, 'desa', village_agreement, village_weight from review_pairs
),

weighed as (
    select fields.*, agreement.words as agreement_words, support.words as support_words
    from fields
    inner join words as agreement on agreement.list = 'agreement' and fields.agreement = agreement.code
    asof left join support on fields.weight >= support.least
),

compared as (
    select
        pair_id,
        string_agg(
            field || ' ' || agreement_words
            || case when agreement <> 'missing' then coalesce(' (' || support_words || ')', '') else '' end,
            '; '
            order by place
        ) as evidence
    from weighed
    group by pair_id
),

-- The birth dates of both, as landed.
born as (
    select pair.pair_id, min(own.birth_date) as birth_date, min(registered.birth_date) as registry_birth_date
    from review_pairs as pair
    join person_rows as own using (source_file, source_row)
    left join links on own.row_id = links.row_id
    left join person_rows as registered on links.registry_row_id = registered.row_id
    group by pair.pair_id
)

select
    pair.village_code,
    pair.pair_id as key,
    pair.pair_id,
    pair.name,
    pair.nik,
    pair.family_card_number,
    pair.registry_name,
    pair.registry_nik,
    pair.registry_family_card_number,
    strftime(born.birth_date, '%d/%m/%Y') as birth_date,
    strftime(born.registry_birth_date, '%d/%m/%Y') as registry_birth_date,
    pair.address,
    concat_ws('. ', doubt.words, compared.evidence) as evidence,
    format('{} baris {}', pair.source_file, pair.source_row) as sources
from review_pairs as pair
left join compared on pair.pair_id = compared.pair_id
left join born on pair.pair_id = born.pair_id
left join words as doubt on doubt.list = 'doubt' and pair.doubt = doubt.code
order by pair.village_code nulls last, pair.name nulls last, pair.pair_id
