-- One row per programme of this month or the one before, and one for the registry: why the totals differ.
with changes as (
    select
        programme,
        sum(rows_after - rows_before) filter (change = 'entered') as entered,
        sum(rows_before - rows_after) filter (change = 'left') as departed,
        sum(rows_after - rows_before) filter (change = 'moved_programme' and rows_before = 0) as moved_in,
        sum(rows_before - rows_after) filter (change = 'moved_programme' and rows_after = 0) as moved_out,
        sum(rows_after - rows_before) filter (change in ('outcome_changed', 'rows_changed')) as repeated_more
    from period_changes
    where subject = 'person'
    group by programme
),

totals as (
    select 'after' as month, programme from recipient_outcomes
    union all
    select 'before', programme from previous_recipient_outcomes
    union all
    select 'after', 'registry' from registry
    union all
    select 'before', 'registry' from previous_person_rows where list = 'registry'
),

counted as (
    select
        programme,
        count(*) filter (month = 'before') as rows_before,
        count(*) filter (month = 'after') as rows_after
    from totals
    group by programme
)

select
    counted.programme,
    counted.rows_before,
    coalesce(changes.entered, 0) as entered,
    coalesce(changes.departed, 0) as departed,
    coalesce(changes.moved_in, 0) as moved_in,
    coalesce(changes.moved_out, 0) as moved_out,
    coalesce(changes.repeated_more, 0) as repeated_more,
    counted.rows_after,
    counted.rows_after - counted.rows_before
    - coalesce(changes.entered, 0) + coalesce(changes.departed, 0)
    - coalesce(changes.moved_in, 0) + coalesce(changes.moved_out, 0)
    - coalesce(changes.repeated_more, 0) as unexplained
from counted
left join changes using (programme)
where exists (select 1 from previous_recipient_outcomes)
