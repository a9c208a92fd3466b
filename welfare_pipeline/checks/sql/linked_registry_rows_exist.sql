-- One row per settled or possible link without its registry row.
select link.row_id, in_both('row ' || link.row_id, 'baris ' || link.row_id) as example
from {batch} as link
anti join registry on link.registry_row_id = registry.row_id
where link.registry_row_id is not null or (link.match_band = 'same' and link.match_method <> 'none')
