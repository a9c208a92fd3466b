-- One row per programme whose outcomes are not one for each accepted row.
with outcomes as (
    select
        programme as source,
        count(*) as outcomes,
        count(distinct (source_file, source_row)) as decided
    from recipient_outcomes
    group by programme
)

select
    in_both(
        source || ': ' || coalesce(list.rows_in_table, 0) || ' rows accepted, ' || coalesce(outcomes.outcomes, 0)
        || ' outcomes of ' || coalesce(outcomes.decided, 0) || ' rows',
        coalesce(list.label_id, source) || ': ' || coalesce(list.rows_in_table, 0) || ' baris diterima, '
        || coalesce(outcomes.outcomes, 0) || ' hasil untuk ' || coalesce(outcomes.decided, 0) || ' baris'
    ) as example
from {batch} as list
full join outcomes using (source)
where coalesce(list.programme, true)
    and (
        coalesce(list.rows_in_table, 0) <> coalesce(outcomes.outcomes, 0)
        or coalesce(outcomes.outcomes, 0) <> coalesce(outcomes.decided, 0)
    )
