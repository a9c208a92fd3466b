-- One row per person of a month that was linked before there was a memory, and way in which its lists named the person.
select distinct
    $period as period,
    $district as district_code,
    links.person_key,
    links.family_key,
    ways.identity,
    case when ways.bare then ways.number end as number,
    ways.number_name,
    ways.number_birth,
    ways.name_card,
    ways.name_village
from (select *, unnest(row_ids) as row_id from identity) as ways
inner join links on ways.row_id = links.row_id
