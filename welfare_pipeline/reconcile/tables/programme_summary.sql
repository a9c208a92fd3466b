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

decided as (
    select
        recipients.programme,
        count(distinct recipients.person_id) as distinct_persons,
        count(*) filter (outcomes.outcome = 'off_target') as off_target,
        count(*) filter (outcomes.outcome = 'to_verify') as to_verify,
        count(*) filter (outcomes.outcome = 'unresolved') as unresolved,
        count(*) filter (outcomes.outcome = 'on_target') as on_target,
        coalesce(sum(monthly_amount) filter (outcome = 'off_target'), 0) as off_target_amount,
        coalesce(sum(monthly_amount) filter (outcome = 'to_verify'), 0) as to_verify_amount,
        coalesce(sum(monthly_amount) filter (outcome = 'unresolved'), 0) as unresolved_amount,
        coalesce(sum(monthly_amount) filter (outcome = 'on_target'), 0) as on_target_amount,
        count(*) filter (monthly_amount is null) as rows_without_amount
    from recipients
    join outcomes using (row_id)
    join recipient_amounts using (row_id)
    group by recipients.programme
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
    coalesce(decided.distinct_persons, 0) as distinct_persons,
    coalesce(decided.off_target, 0) as off_target,
    coalesce(decided.to_verify, 0) as to_verify,
    coalesce(decided.unresolved, 0) as unresolved,
    coalesce(decided.on_target, 0) as on_target,
    coalesce(decided.off_target_amount, 0) as off_target_amount,
    coalesce(decided.to_verify_amount, 0) as to_verify_amount,
    coalesce(decided.unresolved_amount, 0) as unresolved_amount,
    coalesce(decided.on_target_amount, 0) as on_target_amount,
    coalesce(decided.rows_without_amount, 0) as rows_without_amount,
    coalesce(columns(reasons.* exclude (programme)), 0)
from files
left join decided using (programme)
left join reasons using (programme)
