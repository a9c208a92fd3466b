-- One row per pair to settle, with how its two people compare.
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
    pair.address,
    concat_ws(
        '; ',
        'NIK ' || nik.words,
        'nama ' || name.words,
        'tanggal lahir ' || birth.words,
        'KK ' || card.words,
        'ibu kandung ' || mother.words,
        'jenis kelamin ' || sex.words,
        'desa ' || village.words
    ) as evidence,
    format('{} baris {}', pair.source_file, pair.source_row) as sources
from review_pairs as pair
left join words as nik on nik.list = 'agreement' and nik.code = pair.nik_agreement
left join words as name on name.list = 'agreement' and name.code = pair.name_agreement
left join words as birth on birth.list = 'agreement' and birth.code = pair.birth_date_agreement
left join words as card on card.list = 'agreement' and card.code = pair.family_card_agreement
left join words as mother on mother.list = 'agreement' and mother.code = pair.mother_name_agreement
left join words as sex on sex.list = 'agreement' and sex.code = pair.sex_agreement
left join words as village on village.list = 'agreement' and village.code = pair.village_agreement
order by pair.village_code nulls last, pair.name nulls last, pair.pair_id
