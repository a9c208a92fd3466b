-- One row per programme with grace and person of its list who is above its limit and whom an earlier registry has: since
-- which month without a break (a registry that landed and does not have the person, or not above, breaks it), and from
-- which month that is certain. Months before the limit's first do not count, but tell that the person was ranked.
with months as (
    select distinct period from earlier_registry
),

ranked as (
    select
        earlier_people.person_key,
        earlier_registry.period,
        min(earlier_registry.decile_lowest) as decile_lowest,
        bool_or(earlier_registry.decile_lowest is not null or coalesce(earlier_registry.unranked, false)) as says_rank
    from earlier_registry
    join earlier_people using (period, row_id)
    semi join above_limits as above on above.person_key = earlier_people.person_key
    group by earlier_people.person_key, earlier_registry.period
),

followed as (
    select
        above.*,
        months.period,
        months.period >= above.limit_since as counts,
        coalesce(ranked.decile_lowest > above.decile_limit, false) as is_above,
        ranked.person_key is not null and (months.period >= above.limit_since or ranked.says_rank) as is_listed
    from above_limits as above
    cross join months
    left join ranked on ranked.person_key = above.person_key and ranked.period = months.period
),

broken as (
    select
        programme,
        person_key,
        max(grace_months) as grace_months,
        list(period) filter (counts) as periods,
        max(period) filter (counts and not is_above) as last_below
    from followed
    group by programme, person_key
    having bool_or(is_listed)
),

since as (
    select
        programme,
        person_key,
        grace_months,
        coalesce(list_min([month for month in periods if month > coalesce(last_below, '')]), $period) as above_since
    from broken
)

select
    programme,
    person_key,
    above_since,
    strftime((above_since || '-01')::date + to_months(grace_months::integer), '%Y-%m') as certain_from
from since
