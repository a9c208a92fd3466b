-- One row per recipient row whose age on the period's last day is outside the programme's range, whichever date is right.
-- The range may be open at one end.
select
    recipients.row_id,
    [
        evidence_item(
            'age', recipients.programme, recipients.source_file, recipients.source_row, value := ages.oldest_age
        ),
        case
            when recipients.minimum_age is null
                then evidence_item('maximum_age', 'policy', null, null, value := recipients.maximum_age)
            when recipients.maximum_age is null
                then evidence_item('minimum_age', 'policy', null, null, value := recipients.minimum_age)
            else evidence_item(
                'age_range', 'policy', null, null, value := format('{}-{}', recipients.minimum_age, recipients.maximum_age)
            )
        end
    ] as items
from recipients
join ages using (row_id)
where
    (
        coalesce(ages.oldest_age < recipients.minimum_age, false)
        or coalesce(ages.youngest_age > recipients.maximum_age, false)
    )
    and ages.youngest_age >= 0
