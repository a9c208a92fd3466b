-- One row per recipient row whose age on the period's last day is outside the programme's range, whichever date is right.
-- The range may be open at one end.
select
    recipients.row_id,
    format(
        'age {}, {}: {} row {}',
        ages.oldest_age,
        case
            when recipients.minimum_age is null then format('at most {}', recipients.maximum_age)
            when recipients.maximum_age is null then format('at least {}', recipients.minimum_age)
            else format('range {} to {}', recipients.minimum_age, recipients.maximum_age)
        end,
        recipients.source_file,
        recipients.source_row
    ) as evidence
from recipients
join ages using (row_id)
where
    (
        coalesce(ages.oldest_age < recipients.minimum_age, false)
        or coalesce(ages.youngest_age > recipients.maximum_age, false)
    )
    and ages.youngest_age >= 0
