-- Which programmes meet in one family? One row per combination of programmes: families, and rows off target in them.
-- A family is a family card (`family_key`); families with one programme only are the rows with `programmes` = 1.
select
    period,
    len(received) as programmes,
    array_to_string(received, ' + ') as combination,
    count(*) as families,
    sum(off_target) as rows_off_target
from (
    select
        period,
        family_key,
        list_sort(list(distinct programme)) as received,
        count(*) filter (where outcome = 'off_target') as off_target
    from recipient_outcomes
    where period = (select max(period) from district_summary) and family_key is not null
    group by all
) as families
group by all
order by programmes desc, families desc, combination
