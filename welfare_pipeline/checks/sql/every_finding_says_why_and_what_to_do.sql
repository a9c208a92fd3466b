-- One row per recipient row that is off target or to verify without evidence, legal basis or recommended action.
select programme || ': ' || source_file || ':' || source_row || ' does not say why, by what rule or what to do' as example
from {batch}
where
    coalesce(trim(evidence), '') = ''
    or coalesce(trim(legal_basis), '') = ''
    or coalesce(trim(recommended_action), '') = ''
