-- One row per recipient row that is off target or to verify without evidence, legal basis or recommended action.
select
    in_both(
        programme || ': ' || source_file || ':' || source_row || ' does not say why, by what rule or what to do',
        source_file || ':' || source_row || ' tanpa alasan, dasar hukum, atau tindak lanjut'
    ) as example
from {batch}
where
    coalesce(trim(evidence), '') = ''
    or coalesce(trim(legal_basis), '') = ''
    or coalesce(trim(recommended_action), '') = ''
