-- One row per registry row of an earlier month: the key that its person has now.
select
    links.period,
    links.row_id,
    coalesce(recognised_people.person_key, links.person_key) as person_key
from earlier_links as links
left join recognised_people on recognised_people.earlier_key = links.person_key
where links.source = 'registry'
