-- One row per recipient row whose registry person stands above the programme's decile limit of that date: of a range such
-- as 6 to 10 all of it. Up to the policy's `verify_limit`, and as long as grace lasts, it is only to be verified.
with above as (
    select
        recipients.row_id,
        registry.source_file,
        registry.source_row,
        coalesce(registry.snapshot, $snapshot) as snapshot,
        if(
            recipients.decile_lowest = recipients.decile_highest,
            recipients.decile_lowest::varchar,
            format('{}-{}', recipients.decile_lowest, recipients.decile_highest)
        ) as decile,
        recipients.decile_limit,
        recipients.verify_limit,
        coalesce(recipients.decile_lowest <= recipients.verify_limit, false) as is_to_verify,
        risen.above_since,
        risen.certain_from
    from recipients
    join registry on registry.row_id = recipients.registered_id
    join people on people.row_id = recipients.registered_id
    left join risen_above_limits as risen on risen.programme = recipients.programme and risen.person_key = people.person_key
    where recipients.decile_lowest > recipients.decile_limit
)

select
    row_id,
    list_filter(
        [
            evidence_item('decile', 'registry', source_file, source_row, value := decile),
            case
                when snapshot is not null
                    then evidence_item('snapshot', 'registry', null, null, value := snapshot)
            end,
            evidence_item('decile_limit', 'policy', null, null, value := decile_limit),
            case when verify_limit is not null then evidence_item('verify_limit', 'policy', null, null, value := verify_limit) end,
            case
                when above_since is not null
                    then evidence_item('above_since', 'registry', null, null, value := above_since, period := above_since)
            end,
            case
                when certain_from > $period and not is_to_verify
                    then evidence_item('certain_from', 'policy', null, null, value := certain_from)
            end
        ],
        lambda item: item is not null
    ) as items,
    case when is_to_verify or certain_from > $period then 'to_verify' else 'certain' end as certainty
from above
