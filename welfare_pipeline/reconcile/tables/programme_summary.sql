-- One row per programme whose list landed: rows, outcomes, and how many rows each reason applies to.
with files as (
    select
        source as programme,
        sum(rows_landed) as rows_landed,
        sum(rows_accepted) as rows_accepted,
        sum(rows_rejected) as rows_rejected
    from landed_files
    where source in (select programme from programme_rules)
    group by source
),

outcomes as (
    select
        programme,
        count(distinct person_key) as distinct_persons,
        count(*) filter (outcome = 'off_target') as off_target,
        count(*) filter (outcome = 'to_verify') as to_verify,
        count(*) filter (outcome = 'unresolved') as unresolved,
        count(*) filter (outcome = 'on_target') as on_target
    from recipient_outcomes
    group by programme
),

reasons as (
    pivot (
        select programme, lower(reason) as reason
        from recipient_reasons
        join recipients using (row_id)
        union all
        select null, lower(reason) from reason_rules
    ) on reason using count(*) group by programme
)

select
    files.*,
    coalesce(outcomes.distinct_persons, 0) as distinct_persons,
    coalesce(outcomes.off_target, 0) as off_target,
    coalesce(outcomes.to_verify, 0) as to_verify,
    coalesce(outcomes.unresolved, 0) as unresolved,
    coalesce(outcomes.on_target, 0) as on_target,
    coalesce(columns(reasons.* exclude (programme)), 0)
from files
left join outcomes using (programme)
left join reasons using (programme)
