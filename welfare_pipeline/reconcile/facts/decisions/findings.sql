-- One row per accepted recipient row and reason that no named disposition has taken away, with everything it rests on. A
-- fact that is newer than the disposition says it again: by its date (an undated one's month), its quarter's ranks, or a
-- later month's payments.
with found as (
    select
        reason_rows.row_id,
        reason_rows.reason,
        case
            when bool_or(coalesce(reason_rows.certainty, reason_rules.certainty) = 'certain') then 'certain'
            else 'to_verify'
        end as certainty,
        list_sort(list_distinct([safe_item(item) for item in flatten(list(reason_rows.items))])) as items
    from reason_rows
    join reason_rules using (reason)
    group by reason_rows.row_id, reason_rows.reason
),

concerned as (
    select recipients.row_id, disproved_facts.*  exclude (row_id, period)
    from recipients
    join disproved_facts using (person_id)
    union all by name
    select recipients.row_id, disproved_facts.* exclude (row_id, period)
    from disproved_facts
    join recipient_cards using (card)
    join recipients on recipients.row_id = recipient_cards.row_id
    where not recipient_cards.doubtful
),

meant as (
    select concerned.row_id, concerned.reason, max(concerned.dated_on) as dated_on, max(concerned.until_on) as until_on
    from concerned
    join recipients using (row_id)
    where concerned.programme is null or concerned.programme = recipients.programme
    group by concerned.row_id, concerned.reason
),

rested_on as (
    select found.row_id, found.reason, unnest(found.items) as item
    from found
    semi join meant using (row_id, reason)
),

undated as (
    select rested_on.row_id, rested_on.reason, max(undated_facts.dated_on) as dated_on
    from rested_on
    join undated_facts
        on undated_facts.source = rested_on.item.source
        and undated_facts.source_file = rested_on.item.source_file
        and undated_facts.source_row = rested_on.item.source_row
        and undated_facts.period = rested_on.item.period
    group by rested_on.row_id, rested_on.reason
)

select found.*
from found
left join meant using (row_id, reason)
left join undated using (row_id, reason)
where
    meant.row_id is null
    or undated.dated_on > meant.until_on
    or len(list_filter(found.items, lambda item: item.dated > meant.dated_on)) > 0
    or len(list_filter(
        found.items,
        lambda item: item.kind = 'snapshot' and item.value > format('{}-Q{}', year(meant.until_on), quarter(meant.until_on))
    )) > 0
    or len(list_filter(
        found.items,
        lambda item: item.source = 'disbursements' and item.dated is null and last_day((item.period || '-01')::date) > meant.until_on
    )) > 0
