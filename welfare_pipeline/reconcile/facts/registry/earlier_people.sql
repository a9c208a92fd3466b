-- One row per registry row of an earlier month of somebody who is above a limit with grace now: the key that the person has.
with keys as (
    select person_key as earlier_key, person_key from above_limits
    union
    select recognised_people.earlier_key, recognised_people.person_key
    from recognised_people
    semi join above_limits using (person_key)
)

select links.period, links.row_id, keys.person_key
from earlier_links as links
join keys on keys.earlier_key = links.person_key
where links.source = 'registry'
