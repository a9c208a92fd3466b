-- One row per settled link to a registry row that links of another person claim too.
with contested as (
    select registry_row_id
    from {batch}
    where match_band = 'same' and registry_row_id is not null
    group by registry_row_id
    having count(distinct person_id) > 1
)

select link.row_id, in_both('row ' || link.row_id, 'baris ' || link.row_id) as example
from {batch} as link
semi join contested on link.registry_row_id = contested.registry_row_id
where link.match_band = 'same'
